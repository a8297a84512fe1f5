import type { ErrorDetail } from '../../platform/errors';
import { ID_PATTERN } from '../../platform/ids';
import type { Lead } from './lead';
import { shapeProblems } from './lead-input';
import { LEAD_TEXTS } from './leads.texts';
import { ROW_CODES } from './row-codes';

/** One of many changes: which lead it is about, and the fields of it as they were given. */
export interface LeadRowChange {
  /** Exactly one of the two names the lead. */
  id: string | null;
  externalId: string | null;
  fields: Record<string, unknown>;
}

/** Reads a row of a call that changes many leads. An external id beside an `_id` is a field like others. */
export function parseRowChange(row: unknown): LeadRowChange | { problem: ErrorDetail } {
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    return { problem: { field: 'lead', code: ROW_CODES.notAnObject, message: LEAD_TEXTS.notAnObject } };
  const { _id: id, ...fields } = row as Record<string, unknown>;
  const [problem] = shapeProblems(fields);
  if (problem) return { problem };
  if (id !== undefined) {
    if (typeof id === 'string' && ID_PATTERN.test(id)) return { id: id.toLowerCase(), externalId: null, fields };
    return { problem: { field: '_id', code: ROW_CODES.wrongType, message: LEAD_TEXTS.notAnId } };
  }
  const { externalId, ...rest } = fields;
  if (typeof externalId === 'string' && externalId.trim() !== '')
    return { id: null, externalId: externalId.trim(), fields: rest };
  return { problem: { field: '_id', code: ROW_CODES.notNamed, message: LEAD_TEXTS.notNamed } };
}

/** The lead that a row names. @param found all that its row may name, of the workspace or a list of it */
export function leadNamed({ id, externalId }: LeadRowChange, found: readonly Lead[]): Lead | { problem: ErrorDetail } {
  const leads = found.filter((lead) => (id === null ? lead.externalId === externalId : lead.id === id));
  const field = id === null ? 'externalId' : '_id';
  if (leads.length > 1) return { problem: { field, code: ROW_CODES.matchesTwoLeads, message: LEAD_TEXTS.severalFound } };
  return leads[0] ?? { problem: { field, code: ROW_CODES.notFound, message: LEAD_TEXTS.notFound } };
}

import { type ErrorDetail, ValidationFailed } from '../../platform/errors';
import type { OnDuplicate, RowOutcome } from '../domain/deduplicator';
import type { ContactField, IdentityField } from '../domain/lead';
import type { ParsedLead, ReadLead } from '../domain/lead-input';
import { LEAD_TEXTS } from '../domain/leads.texts';
import { ROW_CODES } from '../domain/row-codes';

/** Problems and warnings listed in an answer; the counts are exact. */
export const DETAILS_SHOWN = 100;

export interface SaveLeadsResult {
  listId: string;
  savedCount: number;
  updatedCount: number;
  duplicateCount: number;
  invalid: ErrorDetail[];
  invalidCount: number;
  warnings: ErrorDetail[];
  totalProcessed: number;
  /** The duplicates: which lead each row is a duplicate of, and by which field. */
  duplicates: { index: number; leadId: string; field: IdentityField }[];
  /** In row order: of the saved or matched lead, `null` for an invalid row. */
  leadIds: (string | null)[];
}

/** A row that can be saved, if only as an update. */
export const readOf = (row: ParsedLead, onDuplicate: OnDuplicate): ReadLead | null => {
  if ('draft' in row) return row;
  return (onDuplicate === 'update' && row.ifKnown) || null;
};

/** Why a row cannot be saved, whatever the store has: the first reason; else `null`. */
export const problemOfReading = (row: ParsedLead, onDuplicate: OnDuplicate): ErrorDetail | null =>
  'problems' in row && !readOf(row, onDuplicate) ? row.problems[0]! : null;

/**
 * Whom a row is about can be settled by nobody but the caller, row by row: a whole update is not to fail for
 * it.
 */
export const rejectsCall = ({ code }: ErrorDetail): boolean =>
  code !== ROW_CODES.matchesTwoLeads && code !== ROW_CODES.identityConflict;

/** The refusal of a call because of its rows. */
export function invalidRows(problems: ErrorDetail[]): ValidationFailed {
  const rows = problems.length === 1 ? '1 lead is' : `${problems.length} leads are`;
  const [first] = problems;
  const message = `${rows} invalid, and nothing was saved; leads[${first!.index}].${first!.field}: ${first!.message}`;
  return new ValidationFailed(problems.slice(0, DETAILS_SHOWN), message, { invalidCount: problems.length });
}

export function summarize(
  listId: string,
  parsed: readonly ParsedLead[],
  outcomes: readonly (RowOutcome | null)[],
): SaveLeadsResult {
  const result: SaveLeadsResult = {
    listId,
    savedCount: 0,
    updatedCount: 0,
    duplicateCount: 0,
    invalid: [],
    invalidCount: 0,
    warnings: [],
    duplicates: [],
    totalProcessed: parsed.length,
    leadIds: [],
  };
  outcomes.forEach((outcome, index) => {
    const row = parsed[index]!;
    const problem = problemOf(row, outcome);
    result.warnings.push(...warningsOf(row, outcome).map((warning) => ({ index, ...warning })));
    if (outcome?.kind === 'saved') result.savedCount += 1;
    if (outcome?.kind === 'updated') result.updatedCount += 1;
    if (outcome?.kind === 'duplicate') {
      result.duplicateCount += 1;
      result.duplicates.push({ index, leadId: outcome.leadId, field: outcome.field });
    }
    if (problem) result.invalid.push({ index, ...problem });
    result.leadIds.push(leadIdOf(outcome));
  });
  result.invalidCount = result.invalid.length;
  return result;
}

function leadIdOf(outcome: RowOutcome | null): string | null {
  if (outcome?.kind === 'saved' || outcome?.kind === 'updated') return outcome.lead.id;
  return outcome?.kind === 'duplicate' ? outcome.leadId : null;
}

function problemOf(row: ParsedLead, outcome: RowOutcome | null): ErrorDetail | undefined {
  if (outcome?.kind === 'refused') return outcome.problem;
  return 'problems' in row && (!outcome || outcome.kind === 'unknown') ? row.problems[0] : undefined;
}

/** What was given and not taken; of an update it may be that the lead keeps another text than the row's. */
function warningsOf(row: ParsedLead, outcome: RowOutcome | null): ErrorDetail[] {
  const read = 'draft' in row ? row : outcome?.kind === 'updated' ? row.ifKnown : undefined;
  if (!read) return [];
  if (outcome?.kind !== 'updated') return read.warnings;
  const { lead, warnings } = outcome;
  const ofRow = read.warnings.map((warning) => {
    const field = warning.field as ContactField;
    const isKept = lead.original[field] === read.draft.original[field];
    return isKept ? warning : { ...warning, message: LEAD_TEXTS.notKept(field) };
  });
  return [...ofRow, ...warnings];
}

import type { SaveLeadsResult } from '../../leads';
import { CONTACT_FIELDS } from '../../leads/domain';
import { type DuplicateRow, type ImportWarning, reasonOf, type RejectedRow } from '../../platform/csv-jobs';
import type { ErrorDetail } from '../../platform/errors';
import type { RowOfChunk } from './read-row';

/** What an import reports of the rows of a chunk. */
export function reportOf(
  rows: readonly RowOfChunk[],
  { invalid, duplicates, warnings }: SaveLeadsResult,
): { rejected: RejectedRow[]; duplicates: DuplicateRow[]; warnings: ImportWarning[] } {
  const placeOf = (index: number) => ({ row: rows[index]!.row, line: rows[index]!.line });
  const notTaken = new Set([...invalid, ...duplicates].map(({ index }) => index));
  const ofSaving = new Map<number, ErrorDetail[]>();
  for (const warning of warnings) ofSaving.set(warning.index!, [...(ofSaving.get(warning.index!) ?? []), warning]);
  return {
    rejected: invalid.map(({ index, field, message }) => ({
      ...placeOf(index!),
      cells: rows[index!]!.cells,
      reason: reasonOf({ field, message }),
    })),
    duplicates: duplicates.map(({ index, leadId, field }) => ({ ...placeOf(index), leadId, field })),
    // Of a row that was not taken, nothing was left out.
    warnings: rows.flatMap((row, index) => (notTaken.has(index) ? [] : warningsOf(row, ofSaving.get(index) ?? []))),
  };
}

function warningsOf(
  { row, line, read: { lead, parsed, warnings } }: RowOfChunk,
  ofSaving: readonly ErrorDetail[],
): ImportWarning[] {
  const taken = 'problems' in parsed ? parsed.ifKnown : parsed;
  if (warnings.length + ofSaving.length === 0 || !taken) return [];
  const { draft } = taken;
  const about = [...CONTACT_FIELDS, 'externalId' as const, 'linkedinUrl' as const].flatMap((field) => draft[field] ?? []);
  const given = ({ field, message }: ErrorDetail) => {
    const text = lead[field];
    return { field, message, text: typeof text === 'string' ? text : '' };
  };
  return [...warnings, ...ofSaving.map(given)].map((warning) => ({ row, line, ...warning, about }));
}

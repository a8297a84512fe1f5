import { type ParsedLead, parseLead } from '../../leads';
import { type CsvRow, warningsOfReading } from '../../platform/csv-jobs';
import type { RowWarning } from '../domain/kept-lead';
import { type HowToRead, leadOf } from '../domain/row';

/** A row of a file, read and checked. */
interface ReadRow {
  parsed: ParsedLead;
  /** As a client would have sent it. */
  lead: Record<string, unknown>;
  /** What was not taken as it stood, beside what the rules of leads say of it. */
  warnings: RowWarning[];
}

/** A row of a chunk, and what was read in it. */
export type RowOfChunk = CsvRow & { read: ReadRow };

export function readRow(row: CsvRow, { countryCode, ...how }: HowToRead & { countryCode: string }): ReadRow {
  const { lead, warnings } = leadOf(row.cells, how);
  return { parsed: parseLead(lead, countryCode), lead, warnings: [...warningsOfReading(row), ...warnings] };
}

import { type ParsedLead, parseLead } from '../../leads';
import { type CsvRow, warningsOfReading } from '../../platform/csv-jobs';
import type { Columns } from '../domain/columns';
import type { RowWarning } from '../domain/kept-lead';
import { leadOf } from '../domain/row';

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

interface How {
  columns: Columns;
  delimiter: string;
  countryCode: string;
}

export function readRow(row: CsvRow, { columns, delimiter, countryCode }: How): ReadRow {
  const { lead, warnings } = leadOf(row.cells, columns, delimiter);
  return { parsed: parseLead(lead, countryCode), lead, warnings: [...warningsOfReading(row), ...warnings] };
}

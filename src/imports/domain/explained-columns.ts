import { recogniseColumns } from '#libs/column-names';
import { columnOf, type Mapping } from '../../platform/csv-jobs/csv-columns';
import { type Columns, exported, nameOfTarget } from './columns';
import { IMPORT_TEXTS } from './imports.texts';

/** Cells say what they hold, and not whose it is. */
const CERTAINTY_BY_CELLS = 0.6;

/** Where a column goes, as a mapping says it, and why. */
interface ExplainedColumn {
  column: string;
  /** `null`: it is left out. */
  to: string | null;
  /** From 0 to 1; 0 where no field of a lead was found for it. */
  certainty: number;
  why: string;
}

/** The columns of a file as a dry run shows them. */
export function explainedColumns({ names, targets, ours, byCells }: Columns, mapping: Mapping): ExplainedColumn[] {
  const recognised = recogniseColumns(names);
  const mapped = new Set(Object.keys(mapping).map((column) => columnOf(names, column)));
  return names.map((column, index) => {
    const to = nameOfTarget(targets[index]!);
    if (mapped.has(index)) return { column, to, certainty: 1, why: IMPORT_TEXTS.byMapping };
    if (ours && exported(column)) return { column, to, certainty: 1, why: IMPORT_TEXTS.byExport };
    const cells = byCells?.[index];
    if (cells && !to?.startsWith('customFields.')) {
      return { column, to, certainty: CERTAINTY_BY_CELLS, why: IMPORT_TEXTS.byCells[cells] };
    }
    const { certainty, why } = recognised[index]!;
    return { column, to, certainty, why };
  });
}

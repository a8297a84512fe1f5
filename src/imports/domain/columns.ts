import { type CellsHold, recogniseCells } from '#libs/column-names';
import { plainCell } from '#libs/spreadsheet-csv';
import {
  CUSTOM_COLUMN,
  CUSTOM_TYPES_COLUMN,
  customFieldsProblem,
  IGNORED_EXPORT_COLUMNS,
  LEAD_COLUMNS,
  type LeadColumn,
} from '../../leads/domain';
import { type CsvColumns, headerOf, type Mapping, type Sample } from '../../platform/csv-jobs/csv-columns';
import type { ErrorDetail } from '../../platform/errors';
import { contactFieldsOf, guess, guessByCells } from './guessed-columns';
import { IMPORT_TEXTS } from './imports.texts';
import { withKeptKeys } from './kept-keys';
import type { Target } from './target';

export interface Columns extends CsvColumns {
  targets: Target[];
  /** What each column holds, where that was told by its cells; absent where the names told it. */
  byCells?: (CellsHold | null)[];
}

/** In a mapping, for a column that has both names. */
const FULL_NAME = 'fullName';

/**
 * Says where each column goes: as the caller maps it, else by the words in its name, else into a custom field
 * of that name. `externalId` is never guessed.
 * @param sample rows that say what columns hold, where no name does
 * @returns the columns, or what is wrong with the header or the mapping
 */
export function columnsOf(
  header: readonly string[],
  mapping: Mapping,
  sample?: Sample,
): { columns: Columns } | { problems: ErrorDetail[] } {
  const isTarget = (to: string) => targetOf(to) !== null;
  const unknownTarget = IMPORT_TEXTS.unknownTarget([...LEAD_COLUMNS, FULL_NAME]);
  const checked = headerOf(header, mapping, { isTarget, unknownTarget, mark: CUSTOM_TYPES_COLUMN });
  if ('problems' in checked) return checked;
  const { names, ours, reportColumns, mapped } = checked;
  const refused = refusedKeys(mapping);
  if (refused.length > 0) return { problems: refused };
  const targets = names.map((name, index): Target | null => {
    if (index < reportColumns) return { kind: 'ignored' };
    const to = mapped[index];
    if (to !== undefined) return to === null ? { kind: 'ignored' } : targetOf(to);
    return ours ? exported(name) : null;
  });
  const twice = withoutRepeats(targets);
  if (twice !== null) return { problems: [{ field: 'mapping', message: IMPORT_TEXTS.twice(twice) }] };
  const byNames = guess(names, targets);
  const byCells = sample ? cellsOf(names, byNames, sample) : null;
  const guessed = byCells ? guessByCells(byCells, { names, targets: byNames }) : byNames;
  const all = guessed.map((target, index): Target => target ?? unknown(names[index]!));
  if (!all.some(isContact)) return { problems: [{ field: 'file', message: IMPORT_TEXTS.noContactColumn }] };
  const { targets: kept, warnings } = withKeptKeys(all, names);
  return { columns: { names, targets: kept, ours, ...(warnings.length > 0 && { warnings }), ...(byCells && { byCells }) } };
}

/**
 * What the cells of columns tell that no name tells; null where nothing hangs on them. While a name holds a
 * contact, they count for names in other letters alone.
 */
function cellsOf(
  names: readonly string[],
  targets: readonly (Target | null)[],
  { rows, isNamed, isAllThereIs }: Sample,
): (CellsHold | null)[] | null {
  const hasContact = targets.some((target) => target && isContact(target));
  if (!hasContact && !isAllThereIs) return null;
  const counts = (name: string, index: number) => targets[index] === null && (!hasContact || isInOtherLetters(name));
  if (!names.some(counts)) return null;
  const held = recogniseCells({ rows, names: isNamed ? names : [] });
  const told = names.map((name, index) => (counts(name, index) ? (held[index] ?? null) : null));
  return told.some((kind) => kind !== null) ? told : null;
}

const isInOtherLetters = (name: string): boolean => /\p{L}/u.test(name) && !/\p{Script=Latin}/u.test(name);

/** What is wrong with the keys of custom fields in a mapping: whoever wrote it can write others. */
const refusedKeys = (mapping: Mapping): ErrorDetail[] =>
  Object.entries(mapping).flatMap(([column, to]) => {
    const target = to === null ? null : targetOf(to);
    const problem = target?.kind === 'custom' ? customFieldsProblem({ [target.key]: '' }) : null;
    return problem === null ? [] : [{ field: `mapping.${column}`, message: problem }];
  });

/**
 * Gives the second column of one contact field an alternate of it that is free.
 * @returns the field that has two columns and no alternates
 */
function withoutRepeats(targets: (Target | null)[]): LeadColumn | null {
  const taken = new Set<LeadColumn>();
  const wanted = new Set(targets.map((target) => (target?.kind === 'field' ? target.field : null)));
  for (const [index, target] of targets.entries()) {
    if (target?.kind !== 'field') continue;
    const field = taken.has(target.field) ? contactFieldsOf(target.field).find((each) => !wanted.has(each)) : target.field;
    if (field === undefined) return target.field;
    taken.add(field);
    wanted.add(field);
    targets[index] = { kind: 'field', field };
  }
  return null;
}

const isContact = (target: Target): boolean =>
  target.kind === 'contact' || (target.kind === 'field' && contactFieldsOf(target.field).length > 0);

function targetOf(to: string): Target | null {
  if (to.startsWith('customFields.') && to.length > 'customFields.'.length)
    return { kind: 'custom', key: to.slice('customFields.'.length) };
  if (to === FULL_NAME) return { kind: 'full-name' };
  return (LEAD_COLUMNS as readonly string[]).includes(to) ? { kind: 'field', field: to as LeadColumn } : null;
}

/** Where a column of an export of the product goes; null where it is none. */
export function exported(name: string): Target | null {
  if (name === CUSTOM_TYPES_COLUMN) return { kind: 'custom-types' };
  if (IGNORED_EXPORT_COLUMNS.has(name)) return { kind: 'ignored' };
  if (name.startsWith(CUSTOM_COLUMN)) return { kind: 'custom', key: plainCell(name).slice(CUSTOM_COLUMN.length) };
  return (LEAD_COLUMNS as readonly string[]).includes(name) ? { kind: 'field', field: name as LeadColumn } : null;
}

const unknown = (name: string): Target => (name === '' ? { kind: 'ignored' } : { kind: 'custom', key: name });

/** A target as a mapping names it. */
export function nameOfTarget(target: Target): string | null {
  if (target.kind === 'field') return target.field;
  if (target.kind === 'full-name') return FULL_NAME;
  if (target.kind === 'contact' && target.field !== null) return target.field;
  return 'key' in target ? `customFields.${target.key}` : null;
}

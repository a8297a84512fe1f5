import { type CellsHold, recogniseColumns, type RecognisedColumn } from '#libs/column-names';
import { type ContactField, EMAIL_FIELDS, type LeadColumn, PHONE_FIELDS } from '../../leads/domain';
import type { KindOfContact, Target } from './target';

const KINDS: readonly KindOfContact[] = ['phone', 'email'];
const ONE_OF_ITS_KIND = ['firstName', 'lastName', 'companyName', 'jobTitle', 'linkedinUrl', 'notes', 'source'] as const;

/** The fields that hold contacts of the kind that this one holds; none where it holds no contact. */
export const contactFieldsOf = (field: LeadColumn): readonly ContactField[] =>
  [PHONE_FIELDS, EMAIL_FIELDS].find((fields) => (fields as readonly string[]).includes(field)) ?? [];

/**
 * Fills in where the columns go that have no target yet, as far as the words in their names tell.
 * @param targets of the columns that the caller mapped, or that the product wrote; else null
 */
export function guess(names: readonly string[], targets: readonly (Target | null)[]): (Target | null)[] {
  const result = [...targets];
  const free = recogniseColumns(names).filter(({ index }) => result[index] === null);
  const taken = new Set(result.map((target) => (target?.kind === 'field' ? target.field : null)));
  for (const meaning of ONE_OF_ITS_KIND) {
    const [best] = inOrder(free, meaning);
    if (best && !taken.has(meaning)) result[best.index] = { kind: 'field', field: meaning };
  }
  const [name] = inOrder(free, 'fullName');
  if (name && !areNamesKnown(result)) result[name.index] = { kind: 'full-name' };
  for (const kind of KINDS) giveContacts(kind, { free, names, result });
  for (const { index, meaning, of } of free) {
    if (meaning === 'typeOf' && result[of!]?.kind === 'contact') result[index] = { kind: 'type', of: of!, key: names[index]! };
  }
  return result;
}

/**
 * Fills in where the columns go that still have no target, as far as their cells tell.
 * @param targets of the columns that were mapped, or whose names tell; else null
 */
export function guessByCells(
  held: readonly (CellsHold | null)[],
  { names, targets }: { names: readonly string[]; targets: readonly (Target | null)[] },
): (Target | null)[] {
  const result = [...targets];
  const free = (kind: CellsHold) => result.flatMap((target, index) => (target === null && held[index] === kind ? [index] : []));
  for (const kind of KINDS) placeContacts(kind, free(kind), { names, result });
  const [name] = free('fullName');
  if (name !== undefined && !areNamesKnown(result)) result[name] = { kind: 'full-name' };
  return result;
}

/** Have both names a column already, or is there one that has both? */
function areNamesKnown(targets: readonly (Target | null)[]): boolean {
  const has = (field: LeadColumn) => targets.some((target) => target?.kind === 'field' && target.field === field);
  return (has('firstName') && has('lastName')) || targets.some((target) => target?.kind === 'full-name');
}

const inOrder = (columns: readonly RecognisedColumn[], meaning: RecognisedColumn['meaning']): RecognisedColumn[] =>
  columns.filter((column) => column.meaning === meaning).sort((a, b) => a.place! - b.place!);

interface Guesses {
  free: readonly RecognisedColumn[];
  names: readonly string[];
  result: (Target | null)[];
}

/**
 * Gives the columns of contacts the fields that are left, in their order. Where the row has a say in it,
 * since there are more of them or others tell what they are, it decides.
 */
function giveContacts(of: KindOfContact, { free, names, result }: Guesses): void {
  const columns = inOrder(free, of);
  const isTyped =
    of === 'phone' && free.some((column) => column.meaning === 'typeOf' && columns.some(({ index }) => index === column.of));
  placeContacts(
    of,
    columns.map(({ index }) => index),
    { names, result, isTyped },
  );
}

function placeContacts(
  of: KindOfContact,
  columns: readonly number[],
  { names, result, isTyped = false }: Omit<Guesses, 'free'> & { isTyped?: boolean },
): void {
  const taken = new Set(result.map((target) => (target?.kind === 'field' ? target.field : null)));
  const fields = contactFieldsOf(of).filter((field) => !taken.has(field));
  const byRow = isTyped || columns.length > fields.length;
  columns.forEach((index, place) => {
    result[index] = byRow
      ? { kind: 'contact', of, place, field: fields[place] ?? null, key: names[index]! }
      : { kind: 'field', field: fields[place]! };
  });
}

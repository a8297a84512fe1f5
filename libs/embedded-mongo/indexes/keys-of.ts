import { keyOf, stored } from '../values/ordered-key';
import type { Doc } from '../values/types';
import type { Index } from './definition';
import { entriesAt, type KeyValues } from './entries-at';

/** All entries of a document in an index, as values. None when the index leaves the document out. */
export function entriesOf(index: Index, document: Doc): KeyValues[] {
  if (index.partial && !index.partial.matches(document)) return [];
  return entriesAt(index, document);
}

/** The bytes of an entry in the index's tree, without the record. */
export const entryKey = (index: Index, values: KeyValues): string => index.prefix + stored(keyOf(values, index.directions));

/** The different entries of a document, as bytes, in order: of several doubles, the first is named. */
export function entryKeys(index: Index, document: Doc): string[] {
  const entries = entriesOf(index, document);
  if (entries.length === 1) return [entryKey(index, entries[0]!)];
  return [...new Set(entries.map((values) => entryKey(index, values)))].sort();
}

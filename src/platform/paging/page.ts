/**
 * Documents of a page by cursor hold about so many bytes at most, as they are stored: a page ends early where
 * they are larger, and the next one goes on behind it.
 */
export const MAX_PAGE_BYTES = 4 * 1024 * 1024;

/** Which part of a list is wanted: a numbered page, or what comes after a cursor (`null`: the beginning). */
export type PageRequest = { page: number; limit: number } | { cursor: string | null; limit: number };

/** A part of a list. */
export interface Page<T> {
  items: T[];
  /** Of numbered pages only: how many there are in all. */
  totalCount?: number;
  /** There are more, and counting has ended. */
  totalCountIsLowerBound?: true;
  /** Of cursor pages only: where the next page begins; `null` at the end. */
  nextCursor?: string | null;
}

/** A page of changes, with what was deleted, and whether earlier changes may still come. */
export interface PageOfChanges<T, Deleted = never> extends Page<T> {
  deleted?: Deleted[];
  settled?: boolean;
}

/** Where a list is read: a numbered page, or after a cursor. */
export type Place = { page: number; limit: number } | { after: string | null; limit: number };

export interface PageOf<T> {
  items: T[];
  /** Numbered pages only. */
  totalCount?: number;
  /** Cursor pages only: the place of the last item, `null` at the end. */
  nextCursor?: string | null;
}

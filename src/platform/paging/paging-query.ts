import { Type } from 'class-transformer';
import { IsString, MaxLength } from 'class-validator';
import { ValidationFailed } from '../errors';
import { IsInstant, Optional, OptionalNullable, QueryNumber } from '../http/validation';
import type { Page, PageRequest } from './page';

/** As far as pages go; beyond it a caller has to use the cursor, whose cost does not grow. */
const MAX_ROW = 100_000;
/** The same for a search, whose pages and totals end there. */
export const MAX_SEARCHED = 10_000;
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

export class PagingQuery {
  @OptionalNullable() @QueryNumber(1, MAX_ROW) page?: number;
  /** More than the most is the most. */
  @OptionalNullable() @QueryNumber(1, Number.MAX_SAFE_INTEGER) limit?: number;
  /** Empty for the first page; then `pagination.nextCursor` of the answer before. */
  @OptionalNullable() @IsString() @MaxLength(500) @Type(() => String) cursor?: string;
}

/** A list that can be read by its changes. */
export class ChangesQuery extends PagingQuery {
  /** What changed then or later; with `cursor`, in the order of the last change. */
  @Optional() @IsInstant() updatedSince?: string;
}

/** @throws ValidationFailed as `parsePageRequest` */
export const parseChangesRequest = (query: ChangesQuery): PageRequest =>
  parsePageRequest(query, query.updatedSince === undefined ? 'id' : 'change');

/**
 * What a cursor names: a row's id, the time of its last change and its id, or its place. One of another order
 * is not valid.
 */
const CURSORS = { id: /^[0-9a-f]{24}$/, change: /^\d{1,15}\.[0-9a-f]{24}$/, place: /^(0|[1-9]\d{0,14})$/ };

/**
 * @param order what the rows are ordered by
 * @param deepest how far pages by number go
 * @throws ValidationFailed when page and cursor are mixed, the page is too deep, or the cursor is not one of
 * this order
 */
export function parsePageRequest(query: PagingQuery, order: keyof typeof CURSORS = 'id', deepest = MAX_ROW): PageRequest {
  const limit = limitOf(query);
  if (query.cursor !== undefined) {
    if (query.page !== undefined) throw new ValidationFailed([{ field: 'cursor', message: 'cannot be used together with page' }]);
    return { cursor: query.cursor === '' ? null : decodeCursor(query.cursor, order), limit };
  }
  const page = query.page ?? 1;
  if (page * limit > deepest) {
    throw new ValidationFailed([{ field: 'page', message: `page × limit must be at most ${deepest}; beyond that use cursor` }]);
  }
  return { page, limit };
}

/** Where a page of a list stands. */
interface PagePagination {
  page: number;
  limit: number;
  /** How many there are in all. */
  totalCount: number;
  /** There are more than `totalCount`: counting ended there. */
  totalCountIsLowerBound?: true;
  totalPages: number;
}

/** Where a list goes on. */
interface CursorPagination {
  limit: number;
  /** What the next call gives as `cursor`; `null` at the end. */
  nextCursor: string | null;
}

/** How to go on in a list. */
export type Pagination = PagePagination | CursorPagination;

export function pagination(pageRequest: PageRequest, found: Page<unknown>): Pagination {
  if ('cursor' in pageRequest)
    return { limit: pageRequest.limit, nextCursor: found.nextCursor ? encodeCursor(found.nextCursor) : null };
  const { page, limit } = pageRequest;
  const { totalCount = 0, totalCountIsLowerBound } = found;
  const total = { totalCount, ...(totalCountIsLowerBound && { totalCountIsLowerBound }) };
  return { page, limit, ...total, totalPages: Math.ceil(totalCount / limit) };
}

/** How many rows a page has: more than the most is the most. */
export const limitOf = ({ limit }: { limit?: number }): number => Math.min(limit ?? DEFAULT_LIMIT, MAX_LIMIT);

/** @param key what the cursor names */
export const encodeCursor = (key: string): string => Buffer.from(key).toString('base64url');

/** @throws ValidationFailed when it is not one of this order */
export function decodeCursor(cursor: string, order: keyof typeof CURSORS, field = 'cursor'): string {
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!CURSORS[order].test(key) || encodeCursor(key) !== cursor) {
    throw new ValidationFailed([{ field, message: 'is not a valid cursor' }]);
  }
  return key;
}

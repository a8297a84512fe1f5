import { Type } from 'class-transformer';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { ValidationFailed } from '../errors';
import type { PageOf, Place } from '../paging';
import { QueryNumber } from './validation';

/** As far as pages go; beyond it a caller has to use the cursor, whose cost does not grow. */
const DEEPEST_ROW = 10_000;
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

export class PagingQuery {
  @IsOptional() @QueryNumber(1, DEEPEST_ROW) page?: number;
  @IsOptional() @QueryNumber(1, MAX_LIMIT) limit?: number;
  /** Empty for the first page; then `pagination.nextCursor` of the answer before. */
  @IsOptional() @IsString() @MaxLength(500) @Type(() => String) cursor?: string;
}

/** What a cursor names: a row's id, or the time of its last change and its id. One of another order is not a cursor of ours. */
const CURSORS = { id: /^[0-9a-f]{24}$/, change: /^\d{1,15}\.[0-9a-f]{24}$/ };

/**
 * @param order what the rows are ordered by
 * @throws ValidationFailed when page and cursor are mixed, the page is too deep, or the cursor is not one of this order
 */
export function placeOf(query: PagingQuery, order: keyof typeof CURSORS = 'id'): Place {
  const limit = query.limit ?? DEFAULT_LIMIT;
  if (query.cursor !== undefined) {
    if (query.page !== undefined) throw new ValidationFailed([{ field: 'cursor', message: 'cannot be used together with page' }]);
    return { after: query.cursor === '' ? null : decode(query.cursor, CURSORS[order]), limit };
  }
  const page = query.page ?? 1;
  if (page * limit > DEEPEST_ROW) {
    throw new ValidationFailed([
      { field: 'page', message: `page × limit must be at most ${DEEPEST_ROW}; beyond that use cursor` },
    ]);
  }
  return { page, limit };
}

export function pagination(place: Place, found: PageOf<unknown>): Record<string, unknown> {
  if ('after' in place) return { limit: place.limit, nextCursor: found.nextCursor ? encode(found.nextCursor) : null };
  const totalCount = found.totalCount ?? 0;
  return { page: place.page, limit: place.limit, totalCount, totalPages: Math.ceil(totalCount / place.limit) };
}

const encode = (place: string) => Buffer.from(place).toString('base64url');

function decode(cursor: string, pattern: RegExp): string {
  const place = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!pattern.test(place) || encode(place) !== cursor) {
    throw new ValidationFailed([{ field: 'cursor', message: 'is not a cursor of ours' }]);
  }
  return place;
}

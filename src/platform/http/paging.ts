import { Type } from 'class-transformer';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { ValidationFailed } from '../errors';
import { QueryNumber } from './validation';

/** As far as pages go; beyond it a caller has to use the cursor, whose cost does not grow. */
const DEEPEST_ROW = 10_000;
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

/** Where a list is read: a numbered page, or after a cursor. */
export type Place = { page: number; limit: number } | { after: string | null; limit: number };

export interface PageOf<T> {
  items: T[];
  /** Numbered pages only. */
  totalCount?: number;
  /** Cursor pages only: the place of the last item, `null` at the end. */
  nextCursor?: string | null;
}

export class PagingQuery {
  @IsOptional() @QueryNumber(1, DEEPEST_ROW) page?: number;
  @IsOptional() @QueryNumber(1, MAX_LIMIT) limit?: number;
  /** Empty for the first page; then `pagination.nextCursor` of the answer before. */
  @IsOptional() @IsString() @MaxLength(500) @Type(() => String) cursor?: string;
}

/** @throws ValidationFailed when page and cursor are mixed, or the page is too deep */
export function placeOf(query: PagingQuery): Place {
  const limit = query.limit ?? DEFAULT_LIMIT;
  if (query.cursor !== undefined) {
    if (query.page !== undefined) throw new ValidationFailed([{ field: 'cursor', message: 'cannot be used together with page' }]);
    return { after: query.cursor === '' ? null : decode(query.cursor), limit };
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

function decode(cursor: string): string {
  const place = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!/^[0-9a-z:.\-]{1,200}$/i.test(place) || encode(place) !== cursor) {
    throw new ValidationFailed([{ field: 'cursor', message: 'is not a cursor of ours' }]);
  }
  return place;
}

import { Type } from 'class-transformer';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { ValidationFailed } from '../errors';
import { QueryNumber } from '../http/validation';
import type { Page, PageRequest } from './page';

/** As far as pages go; beyond it a caller has to use the cursor, whose cost does not grow. */
const MAX_ROW = 10_000;
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

export class PagingQuery {
  @IsOptional() @QueryNumber(1, MAX_ROW) page?: number;
  @IsOptional() @QueryNumber(1, MAX_LIMIT) limit?: number;
  /** Empty for the first page; then `pagination.nextCursor` of the answer before. */
  @IsOptional() @IsString() @MaxLength(500) @Type(() => String) cursor?: string;
}

/**
 * What a cursor names: a row's id, or the time of its last change and its id. One of another order is not
 * valid.
 */
const CURSORS = { id: /^[0-9a-f]{24}$/, change: /^\d{1,15}\.[0-9a-f]{24}$/ };

/**
 * @param order what the rows are ordered by
 * @throws ValidationFailed when page and cursor are mixed, the page is too deep, or the cursor is not one of
 * this order
 */
export function parsePageRequest(query: PagingQuery, order: keyof typeof CURSORS = 'id'): PageRequest {
  const limit = query.limit ?? DEFAULT_LIMIT;
  if (query.cursor !== undefined) {
    if (query.page !== undefined) throw new ValidationFailed([{ field: 'cursor', message: 'cannot be used together with page' }]);
    return { cursor: query.cursor === '' ? null : decode(query.cursor, CURSORS[order]), limit };
  }
  const page = query.page ?? 1;
  if (page * limit > MAX_ROW) {
    throw new ValidationFailed([{ field: 'page', message: `page × limit must be at most ${MAX_ROW}; beyond that use cursor` }]);
  }
  return { page, limit };
}

export function pagination(pageRequest: PageRequest, found: Page<unknown>): Record<string, unknown> {
  if ('cursor' in pageRequest)
    return { limit: pageRequest.limit, nextCursor: found.nextCursor ? encode(found.nextCursor) : null };
  const totalCount = found.totalCount ?? 0;
  return { page: pageRequest.page, limit: pageRequest.limit, totalCount, totalPages: Math.ceil(totalCount / pageRequest.limit) };
}

const encode = (key: string) => Buffer.from(key).toString('base64url');

function decode(cursor: string, pattern: RegExp): string {
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!pattern.test(key) || encode(key) !== cursor) {
    throw new ValidationFailed([{ field: 'cursor', message: 'is not a valid cursor' }]);
  }
  return key;
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import { IsBoolean, IsIn } from 'class-validator';
import { DEFAULT_COUNTRY_CODE, normalizeAddress, normalizeDomain, storedFormsOf } from '#libs/contact-methods';
import { type ErrorDetail, ValidationFailed } from '../../platform/errors';
import { ChangesQuery, IsInstant, Optional, QueryFlag, Text, validateDto, Word } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { suppressionDocument } from '../application/suppression-document';
import {
  GIVEN_REASONS,
  MAX_TEXT,
  type NewSuppression,
  type Suppression,
  SUPPRESSION_CHANNELS,
  SUPPRESSION_REASONS,
  SUPPRESSION_SOURCES,
  type SuppressionChannel,
  type SuppressionReason,
  type SuppressionSource,
} from '../domain/suppression';
import type { LiftedSuppression, SuppressionFilter } from '../domain/suppressions.repository';

/** A call may bring this many. */
const MAX_SUPPRESSIONS = 10_000;
/** So many are read before other requests have their turn. */
const ROWS_AT_ONCE = 50;
/** Invalid ones that an answer names. */
const DETAILS_SHOWN = 100;

class SuppressionDto {
  /** A phone number or an e-mail address; exactly one of `address` and `domain`. */
  @Optional() @Word(320) address?: string;
  /** Every e-mail address of the domain, not of its sub-domains. */
  @Optional() @Word(255) domain?: string;
  /** By default `all`. */
  @Optional() @IsIn(SUPPRESSION_CHANNELS) channel?: SuppressionChannel;
  /** By default `manual`. */
  @Optional() @IsIn(GIVEN_REASONS) reason?: SuppressionReason;
  @Optional() @Text(MAX_TEXT) note?: string;
}

/** The body of POST /suppressions: one suppression, or a list of them. */
export interface AddSuppressionsBody extends Partial<SuppressionDto>, Record<string, unknown> {
  /** @maxItems 10000 */
  suppressions?: SuppressionDto[];
}

/** A row of the call, read. */
type ReadRow = { suppression: NewSuppression } | { problem: ErrorDetail };

/** What a call asks for: the rows that can be read, and what is wrong with the others. */
export interface ReadSuppressions {
  suppressions: NewSuppression[];
  invalid: ErrorDetail[];
}

/** Who adds them, and when. */
export interface AddedBy {
  workspaceId: WorkspaceId;
  by: string;
  now: Date;
}

/**
 * Reads the body of POST /suppressions: one suppression, or `{ suppressions: [...] }`.
 * @throws ValidationFailed when the shape is wrong, or the only row is invalid
 */
export async function readSuppressions(body: Record<string, unknown>, added: AddedBy): Promise<ReadSuppressions> {
  const { suppressions, ...rest } = body;
  if (suppressions === undefined) {
    const row = await readRow(rest, added);
    if ('problem' in row) throw new ValidationFailed([row.problem]);
    return { suppressions: [row.suppression], invalid: [] };
  }
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new ValidationFailed([{ field: unknown, message: 'is not a known field' }]);
  if (!Array.isArray(suppressions) || suppressions.length === 0) {
    throw new ValidationFailed([{ field: 'suppressions', message: 'must be an array of at least one suppression' }]);
  }
  if (suppressions.length > MAX_SUPPRESSIONS) {
    const message = `must have at most ${MAX_SUPPRESSIONS.toLocaleString('en-US')} suppressions in a call`;
    throw new ValidationFailed([{ field: 'suppressions', message }]);
  }
  const read: ReadSuppressions = { suppressions: [], invalid: [] };
  for (const [index, given] of suppressions.entries()) {
    if (index % ROWS_AT_ONCE === 0) await nextTurn();
    const row = await readRow(given, added);
    if ('suppression' in row) read.suppressions.push(row.suppression);
    else read.invalid.push({ index, ...row.problem });
  }
  return read;
}

async function readRow(given: unknown, { workspaceId, by, now }: AddedBy): Promise<ReadRow> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return { problem: { field: 'suppression', message: 'must be an object' } };
  }
  let dto: SuppressionDto;
  try {
    dto = await validateDto(SuppressionDto, given);
  } catch (error) {
    if (error instanceof ValidationFailed && error.details[0]) return { problem: error.details[0] };
    throw error;
  }
  const target = targetOf(dto);
  if ('problem' in target) return target;
  const suppression: NewSuppression = {
    workspaceId,
    ...target,
    channel: dto.channel ?? 'all',
    reason: dto.reason ?? 'manual',
    source: 'api',
    text: null,
    replyId: null,
    byWord: false,
    leadIds: [],
    reviewUntil: null,
    note: dto.note || null,
    createdAt: now,
    createdBy: by,
  };
  return { suppression };
}

function targetOf({ address, domain }: SuppressionDto): Pick<Suppression, 'address' | 'domain'> | { problem: ErrorDetail } {
  if ((address === undefined) === (domain === undefined)) {
    return { problem: { field: 'address', message: 'exactly one of address and domain is required' } };
  }
  if (domain !== undefined) {
    const read = normalizeDomain(domain);
    if (read === null) return { problem: { field: 'domain', message: 'must be a domain such as example.com' } };
    return { address: null, domain: read };
  }
  const read = normalizeAddress(address!, DEFAULT_COUNTRY_CODE);
  if (read === null) {
    return { problem: { field: 'address', message: 'must be a phone number or an e-mail address that can be read' } };
  }
  return { address: read.value, domain: null };
}

export class ListSuppressionsQuery extends ChangesQuery {
  /** Of changes: those that were lifted too; so where nothing is said. */
  @Optional() @QueryFlag() @IsBoolean() includeDeleted?: boolean;
  @Optional() @Word(320) address?: string;
  @Optional() @IsIn(SUPPRESSION_CHANNELS) channel?: SuppressionChannel;
  @Optional() @IsIn(SUPPRESSION_REASONS) reason?: SuppressionReason;
  @Optional() @IsIn(SUPPRESSION_SOURCES) source?: SuppressionSource;
  @Optional() @IsInstant() createdSince?: string;
}

export class LiftQuery {
  /** `person-asked`: the person asked to be written to again. */
  @Optional() @IsIn(['person-asked']) confirm?: 'person-asked';
}

/** The filter that a query names: `address` may also be a domain. @throws ValidationFailed */
export function filterOf(query: ListSuppressionsQuery): SuppressionFilter {
  const { address, channel, reason, source, createdSince, updatedSince, includeDeleted } = query;
  const isFeed = updatedSince !== undefined && query.cursor !== undefined;
  if (includeDeleted && !isFeed)
    throw new ValidationFailed([{ field: 'includeDeleted', message: 'needs updatedSince and cursor' }]);
  return {
    ...(address !== undefined && whoOf(address)),
    channel,
    reason,
    source,
    ...(createdSince !== undefined && { createdSince: new Date(createdSince) }),
    ...(updatedSince !== undefined && { updatedSince: new Date(updatedSince) }),
    ...(isFeed && { lifted: includeDeleted ?? true }),
  };
}

export const toLiftedResponse = ({ id, liftedAt, ...suppression }: LiftedSuppression) => ({
  _id: id,
  ...suppression,
  deletedAt: liftedAt,
});

function whoOf(text: string): Pick<SuppressionFilter, 'address' | 'domain'> {
  // One that is not usable any more may be listed since it was.
  const [address] = storedFormsOf(text, DEFAULT_COUNTRY_CODE);
  if (address) return { address };
  const domain = normalizeDomain(text);
  if (domain) return { domain };
  throw new ValidationFailed([
    { field: 'address', message: 'must be a phone number, an e-mail address or a domain that can be read' },
  ]);
}

/**
 * The answer of POST /suppressions.
 * @schema AddedSuppressions
 */
export function toAddedResponse(
  added: { saved: number; existing: number; created: readonly Suppression[] },
  invalid: ErrorDetail[],
) {
  const { saved, existing, created } = added;
  const [only] = saved + existing + invalid.length === 1 ? created : [];
  return {
    saved,
    existing,
    invalid: invalid.slice(0, DETAILS_SHOWN),
    invalidCount: invalid.length,
    ...(only && { suppression: suppressionDocument(only) }),
  };
}

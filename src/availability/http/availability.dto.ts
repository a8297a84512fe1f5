import { ArrayMaxSize, IsArray, IsBoolean, IsOptional, IsString, MaxLength } from 'class-validator';
import { ValidationFailed } from '../../platform/errors';
import { IsId, Optional, OptionalNullable, QueryFlag, requireFewNodes, validateDto } from '../../platform/http';
import { ID_PATTERN } from '../../platform/ids';
import type { BatchAnswer, BatchJob, BatchTarget } from '../application/availability-batches.service';
import { batchDocument } from '../application/batch-document';
import { RefusedInRotation } from '../domain/availability.errors';

const MAX_ADDRESSES = 50;
const MAX_LEAD_IDS = 100_000;

export class LeadCheckQuery {
  @IsOptional() @IsString() @MaxLength(100) id?: string;
  @Optional() @QueryFlag() @IsBoolean() refresh?: boolean;
}

export class AddressQuery {
  @IsOptional() @IsString() @MaxLength(500) address?: string;
  @Optional() @QueryFlag() @IsBoolean() refresh?: boolean;
}

class CheckDto {
  @OptionalNullable() @IsString() @MaxLength(500) address?: string | null;
  @OptionalNullable() @IsId() listId?: string | null;
  @Optional() @IsBoolean() refresh?: boolean;
}

class RoundRobinDto {
  @OptionalNullable() @IsArray() @ArrayMaxSize(MAX_ADDRESSES) @IsString({ each: true }) @MaxLength(500, { each: true }) phones?:
    string[] | null;
  @OptionalNullable() @IsArray() @ArrayMaxSize(MAX_ADDRESSES) @IsString({ each: true }) @MaxLength(500, { each: true }) emails?:
    string[] | null;
}

/** The body of a check: exactly one of `address`, `leadIds` and `listId`. */
export interface CheckBody extends Record<string, unknown> {
  /**
   * A phone number or an e-mail address.
   * @maxLength 500
   */
  address?: string | null;
  /**
   * The leads to check; unknown ones are `not_found` in the results.
   * @maxItems 100000
   */
  leadIds?: string[] | null;
  /** The list whose leads are checked. */
  listId?: string | null;
  /** Asks again for what is known. */
  refresh?: boolean;
}

/** The body of a check in rotation: phones are asked for before e-mails. */
export interface RoundRobinBody extends Record<string, unknown> {
  /** @maxItems 50 */
  phones?: string[] | null;
  /** @maxItems 50 */
  emails?: string[] | null;
}

/** @throws ValidationFailed */
export function leadIdOf({ id }: LeadCheckQuery): string {
  if (!id) throw new ValidationFailed([{ field: 'id', message: 'is missing' }], 'Lead ID is required');
  if (!ID_PATTERN.test(id)) throw new ValidationFailed([{ field: 'id', message: 'must be an id of 24 hex digits' }]);
  return id.toLowerCase();
}

/** @throws ValidationFailed */
export function addressOf({ address }: AddressQuery): string {
  if (!address) throw new ValidationFailed([{ field: 'address', message: 'is missing' }]);
  return address;
}

/** What a body asks to check, and whether known answers are to be asked for again. */
interface CheckCall {
  target: { address: string } | BatchTarget;
  refresh: boolean;
}

/**
 * What a body asks to check. An empty address counts as none, as in the public API. The ids stay out of the
 * generic validation, which takes as long for a hundred thousand of them as all the rest of the call.
 * @throws ValidationFailed when it names nothing, or both leads and a list
 */
export async function checkCallOf(body: Record<string, unknown>): Promise<CheckCall> {
  requireFewNodes(body);
  const { leadIds, ...rest } = body;
  const { address, listId, refresh = false } = await validateDto(CheckDto, rest);
  const ids = leadIdsOf(leadIds);
  if (address) return { target: { address }, refresh };
  if (ids.length > 0 && listId) throw wrong('leadIds', 'cannot be used together with listId');
  if (listId) return { target: { listId }, refresh };
  if (ids.length === 0) throw wrong('address', 'address, leadIds or listId is required');
  return { target: { leadIds: ids }, refresh };
}

function leadIdsOf(given: unknown): string[] {
  if (given === undefined || given === null || given === '') return [];
  if (!Array.isArray(given)) throw wrong('leadIds', 'must be an array');
  if (given.length > MAX_LEAD_IDS) throw wrong('leadIds', `must contain no more than ${MAX_LEAD_IDS} elements`);
  return given.map((id: unknown, index) => {
    if (typeof id !== 'string' || !ID_PATTERN.test(id)) throw wrong(`leadIds[${index}]`, 'must be an id of 24 hex digits');
    return id.toLowerCase();
  });
}

const wrong = (field: string, message: string) => new ValidationFailed([{ field, message }]);

/** The addresses of a check in rotation: phones come before e-mails. @throws RefusedInRotation */
export async function addressesOf(body: Record<string, unknown>): Promise<string[]> {
  requireFewNodes(body);
  try {
    const { phones, emails } = await validateDto(RoundRobinDto, body);
    return [...(phones ?? []), ...(emails ?? [])];
  } catch (error) {
    throw error instanceof ValidationFailed ? new RefusedInRotation(error) : error;
  }
}

/** @schema AnyAvailability */
export const toRoundRobinResponse = ({ available, ignored }: { available: boolean; ignored: readonly string[] }) => ({
  available,
  ...(!available && { reason: 'Contact not available on iMessage' }),
  ...(ignored.length > 0 && { ignored }),
});

/** @schema AvailabilityCheck */
export function toBatchResponse(answer: BatchAnswer) {
  if ('job' in answer) {
    const { id, progress, perDay, expectedLastAt, waitingUntil } = answer.job;
    const message = 'Bulk availability check started in background';
    const { total } = progress;
    const expected = { perDay, expectedLastAt, waitingUntil };
    return { success: true, message, jobId: id, checked: total, total, ...expected, processingMode: 'background' };
  }
  const { results } = answer;
  const errors = results.filter(({ status }) => status === 'error').length;
  const checked = results.filter(({ status }) => status !== 'not_found').length;
  return { success: true, checked, successful: checked - errors, errors, results, processingMode: 'synchronous' };
}

/** @schema AvailabilityJob */
export function toJobResponse(job: BatchJob) {
  const { perDay, expectedLastAt, waitingUntil } = job;
  return { ...batchDocument(job), perDay, expectedLastAt, waitingUntil };
}

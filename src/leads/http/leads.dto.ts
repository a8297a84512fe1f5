import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsString, MaxLength } from 'class-validator';
import { crmIdsOf, MAX_CRM_ID_LENGTH } from '../../platform/crm-ids';
import { ValidationFailed } from '../../platform/errors';
import {
  ChangesQuery,
  CrmId,
  IsId,
  MAX_SEARCHED,
  Optional,
  OptionalNullable,
  parsePageRequest,
  QueryFlag,
  Text,
  validateDto,
  Word,
} from '../../platform/http';
import { ID_PATTERN } from '../../platform/ids';
import type { PageRequest } from '../../platform/paging';
import type { ChangeLeadsCall, ChangeLeadsResult } from '../application/change-leads.service';
import { leadDocument } from '../application/lead-document';
import type { CountedList } from '../application/lead-lists.service';
import type { LeadChange } from '../application/leads.service';
import type { SaveLeadsCall } from '../application/save-leads.service';
import { DETAILS_SHOWN, type SaveLeadsResult } from '../application/save-result';
import type { OnDuplicate } from '../domain/deduplicator';
import type { AvailabilityStatus, CustomValue, Lead } from '../domain/lead';
import type { OnNull } from '../domain/lead-update';
import type { LeadFilter } from '../domain/leads.repository';
import { searchQuery } from '../domain/search/query';
import type { Tombstone } from '../domain/tombstone';

const MAX_DELETED_IDS = 1_000;
/** Where leads come from of which nobody says it, as in the public API. */
const SOURCE = 'csv';
/** A key with more colons than this cannot be filtered by. */
const MAX_COLONS = 20;

/** What goes with the rows of POST /leads. The domain checks the rows themselves, one by one. */
class SaveLeadsDto {
  @OptionalNullable() @IsId() listId?: string | null;
  @OptionalNullable() @Text(100) source?: string | null;
  @OptionalNullable() @Word(10) defaultCountryCode?: string | null;
  @Optional() @IsIn(['skip', 'update']) onDuplicate?: OnDuplicate;
  @Optional() @IsIn(['keep', 'clear']) onNull?: OnNull;
  @Optional() @IsIn(['reject', 'skip']) onInvalid?: 'reject' | 'skip';
  /** @accepts {"type": ["string", "integer", "null"], "maxLength": 200} */
  @OptionalNullable() @CrmId() @Text(MAX_CRM_ID_LENGTH) ghlLocationId?: string | null;
}

/**
 * What the body of POST /leads asks for. The rows stay out of the DTO: its generic validation would hold the
 * event loop for ten thousand of them.
 * @throws ValidationFailed
 */
export async function saveCallOf({ leads, body: alias, ...rest }: Record<string, unknown>): Promise<SaveLeadsCall> {
  const [rows, others] = [leads, alias].filter((given) => given !== undefined && given !== null);
  if (others) throw new ValidationFailed([{ field: 'body', message: 'must not stand beside leads, whose other name it is' }]);
  if (!Array.isArray(rows)) throw new ValidationFailed([{ field: 'leads', message: 'must be an array of leads' }]);
  const dto: SaveLeadsDto = Object.keys(rest).length === 0 ? {} : await validateDto(SaveLeadsDto, rest);
  return {
    rows,
    listId: dto.listId ?? undefined,
    source: dto.source || SOURCE,
    ghlLocationId: dto.ghlLocationId || undefined,
    defaultCountryCode: dto.defaultCountryCode ?? undefined,
    onDuplicate: dto.onDuplicate,
    onNull: dto.onNull,
    onInvalid: dto.onInvalid,
  };
}

class ChangeLeadsDto {
  @Optional() @IsId() listId?: string;
  @OptionalNullable() @Word(10) defaultCountryCode?: string | null;
  @Optional() @IsIn(['reject', 'skip']) onInvalid?: 'reject' | 'skip';
}

/** What the body of PATCH /leads asks for. @throws ValidationFailed */
export async function changeCallOf({ leads: rows, ...rest }: Record<string, unknown>): Promise<ChangeLeadsCall> {
  if (!Array.isArray(rows)) throw new ValidationFailed([{ field: 'leads', message: 'must be an array of changes' }]);
  const { listId, defaultCountryCode, onInvalid } = await validateDto(ChangeLeadsDto, rest);
  return { rows, listId, defaultCountryCode: defaultCountryCode ?? undefined, onInvalid };
}

/**
 * What the body of PATCH /leads/:id asks for. The fields of the lead are checked by the domain.
 * @throws ValidationFailed
 */
export async function changeOf({ listId, defaultCountryCode, ...fields }: Record<string, unknown>): Promise<LeadChange> {
  const dto = await validateDto(SaveLeadsDto, { listId, defaultCountryCode });
  if (listId === null) throw new ValidationFailed([{ field: 'listId', message: 'a lead needs a list' }]);
  return { fields, listId: dto.listId ?? undefined, defaultCountryCode: dto.defaultCountryCode ?? undefined };
}

/** The leads of a list that a caller wants to see. */
export class ListMembersQuery extends ChangesQuery {
  @Optional() @Word(200) externalId?: string;
  @Optional() @IsIn(['available', 'unavailable', 'error']) availabilityStatus?: AvailabilityStatus;
  /** Of changes: leads that were deleted too; so where nothing is said, unless another filter is given. */
  @Optional() @QueryFlag() @IsBoolean() includeDeleted?: boolean;
  /** Leads that a suppression covers, or those that none does. */
  @Optional() @QueryFlag() @IsBoolean() suppressed?: boolean;
  /**
   * Words, each the beginning of a word of name, company or e-mail, or a part of a phone
   * (docs/api-reference.md).
   */
  @Optional() @Word(200) search?: string;
  /** `key:value` of a custom field. */
  @Optional() @MaxLength(1_000) customField?: string;
}

export class ListLeadsQuery extends ListMembersQuery {
  @Optional() @IsId() id?: string;
  @Optional() @IsId() listId?: string;
}

export class DeleteLeadsDto {
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(MAX_DELETED_IDS) @IsString({ each: true }) ids: string[];
}

/** @throws ValidationFailed naming the first id that is none */
export function idsOf({ ids }: DeleteLeadsDto): string[] {
  const wrong = ids.findIndex((id) => !ID_PATTERN.test(id));
  if (wrong >= 0) throw new ValidationFailed([{ field: `ids[${wrong}]`, message: 'must be an id of 24 hex digits' }]);
  return ids.map((id) => id.toLowerCase());
}

export class CreateListDto {
  @Text(200, 1) name: string;
  @OptionalNullable() @Text(2_000) description?: string | null;
}

export class ChangeListDto {
  @Optional() @Text(200, 1) name?: string;
  @OptionalNullable() @Text(2_000) description?: string | null;
}

/** The filter that a query names. @throws ValidationFailed for a custom field without a colon */
export function filterOf(query: ListLeadsQuery): LeadFilter {
  const filter: LeadFilter = {};
  if (query.listId !== undefined) filter.listId = query.listId;
  if (query.externalId !== undefined) filter.externalId = query.externalId;
  if (query.availabilityStatus !== undefined) filter.availabilityStatus = query.availabilityStatus;
  if (query.updatedSince !== undefined) filter.updatedSince = new Date(query.updatedSince);
  if (isFeed(query)) filter.deleted = includesDeleted(query);
  else if (query.includeDeleted)
    throw new ValidationFailed([{ field: 'includeDeleted', message: 'needs updatedSince and cursor' }]);
  if (query.search !== undefined) filter.search = searchQuery(query.search);
  if (query.customField !== undefined) filter.customFields = customFieldsOf(query.customField);
  if (query.suppressed !== undefined) filter.mark = { name: 'suppressed', isSet: query.suppressed };
  return filter;
}

/** Which part of them a query asks for. @throws ValidationFailed */
export const pageRequestOf = (query: ListLeadsQuery): PageRequest =>
  parsePageRequest(
    query,
    query.updatedSince === undefined ? 'id' : 'change',
    query.search === undefined ? undefined : MAX_SEARCHED,
  );

/** @throws ValidationFailed for a part of the leads: they are asked for as a whole */
export function refuseParts(query: ListLeadsQuery, what: string): void {
  const part = (['id', 'page', 'limit', 'cursor'] as const).find((field) => query[field] !== undefined);
  if (part) throw new ValidationFailed([{ field: part, message: `is not a known field: ${what} is always whole` }]);
}

const isFeed = ({ cursor, updatedSince }: ListLeadsQuery): boolean => cursor !== undefined && updatedSince !== undefined;

/** Nothing is known any more of a deleted lead that these could be asked about. */
const FILTERS_OF_THE_LIVING = ['search', 'availabilityStatus', 'customField', 'suppressed'] as const;

/** @throws ValidationFailed where they are asked for and cannot be told */
function includesDeleted(query: ListLeadsQuery): boolean {
  const filter = FILTERS_OF_THE_LIVING.find((name) => query[name] !== undefined);
  if (query.includeDeleted && filter) {
    throw new ValidationFailed([{ field: 'includeDeleted', message: `cannot be used together with ${filter}` }]);
  }
  return query.includeDeleted ?? filter === undefined;
}

/**
 * Keys may have colons: each of them may be the end of the key, and the longest key that is known counts. A
 * query holds strings only, so `size:5` finds the string as well as the number.
 */
function customFieldsOf(text: string): NonNullable<LeadFilter['customFields']> {
  const colons = [...text.matchAll(/:/g)].map(({ index }) => index).filter((index) => index > 0);
  if (colons.length === 0) throw new ValidationFailed([{ field: 'customField', message: 'must be key:value' }]);
  return colons
    .slice(0, MAX_COLONS)
    .reverse()
    .map((colon) => ({ key: text.slice(0, colon), values: valuesOf(text.slice(colon + 1)) }));
}

function valuesOf(value: string): CustomValue[] {
  const values: CustomValue[] = [value];
  if (value.trim() !== '' && Number.isFinite(Number(value))) values.push(Number(value));
  if (value === 'true' || value === 'false') values.push(value === 'true');
  return values;
}

/** @schema LeadCount */
export const toCountResponse = ({ count, isLowerBound }: { count: number; isLowerBound: boolean }) => ({
  count,
  ...(isLowerBound && { countIsLowerBound: true }),
});

export const toTombstoneResponse = ({ id, ...tombstone }: Tombstone) => ({ _id: id, ...tombstone });
export const toListResponse = ({ id, ...list }: CountedList) => ({ _id: id, ...list });

const areAllDuplicates = ({ savedCount, duplicateCount, updatedCount, invalidCount }: SaveLeadsResult): boolean =>
  duplicateCount > 0 && savedCount + updatedCount + invalidCount === 0;

/** The leads that the answer of POST /leads shows whole: where every row is a duplicate, those there are. */
export const existingOf = (result: SaveLeadsResult): string[] =>
  areAllDuplicates(result) ? result.duplicates.slice(0, DETAILS_SHOWN).map(({ leadId }) => leadId) : [];

/**
 * The answer of POST /leads: the source document's fields always, the others where they apply.
 * @param existing the leads that `existingOf` names; one that is gone by now is shown as `null`
 * @schema SavedLeads
 */
export function toSaveResponse(
  result: SaveLeadsResult,
  { rows, existing }: { rows: readonly unknown[]; existing: ReadonlyMap<string, Lead> },
) {
  const { savedCount, duplicateCount, totalProcessed, listId, updatedCount, duplicates, leadIds } = result;
  const allDuplicates = areAllDuplicates(result);
  const shown = duplicates.slice(0, DETAILS_SHOWN).map((duplicate) => {
    const lead = existing.get(duplicate.leadId);
    return allDuplicates
      ? { ...duplicate, input: rows[duplicate.index], existingLead: lead ? leadDocument(lead) : null }
      : duplicate;
  });
  const existingLeadIds = [...new Set(leadIds.filter((id) => id !== null))];
  return {
    message: messageOf(result, allDuplicates ? 'Lead was a duplicate; existing lead ID returned.' : null),
    savedCount,
    duplicateCount,
    totalProcessed,
    listId,
    ...(updatedCount > 0 && { updatedCount }),
    ...troublesOf(result),
    ...(duplicateCount > 0 && { duplicates: shown }),
    leadIds,
    ...(allDuplicates && {
      duplicateOnly: true,
      existingLeadIds,
      leadId: existingLeadIds[0] ?? null,
      externalId: existing.get(existingLeadIds[0] ?? '')?.externalId ?? null,
      ...crmIdsOf(existing.get(existingLeadIds[0] ?? '')),
    }),
  };
}

/**
 * The answer of PATCH /leads.
 * @schema ChangedLeads
 */
export function toChangeResponse(result: ChangeLeadsResult) {
  const { updatedCount, totalProcessed, leadIds } = result;
  return {
    message: updatedCount > 0 ? 'Leads updated successfully' : 'No lead was updated; invalid says why',
    updatedCount,
    totalProcessed,
    ...troublesOf(result),
    leadIds,
  };
}

function messageOf({ savedCount, updatedCount, invalidCount }: SaveLeadsResult, ofDuplicates: string | null): string {
  if (ofDuplicates !== null) return ofDuplicates;
  const isNone = invalidCount > 0 && savedCount + updatedCount === 0;
  return isNone ? 'No lead was saved; invalid says why' : 'Leads saved successfully';
}

const troublesOf = ({ invalid, invalidCount, warnings }: Pick<SaveLeadsResult, 'invalid' | 'invalidCount' | 'warnings'>) => ({
  ...(invalidCount > 0 && { invalidCount, invalid: invalid.slice(0, DETAILS_SHOWN) }),
  ...(warnings.length > 0 && { warnings: warnings.slice(0, DETAILS_SHOWN) }),
});

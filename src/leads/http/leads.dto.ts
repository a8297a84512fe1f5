import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { ValidationFailed } from '../../platform/errors';
import { IsId, IsInstant, Optional, OptionalNullable, PagingQuery, Text } from '../../platform/http';
import type { CountedList } from '../application/lead-lists.service';
import type { OnDuplicate } from '../domain/deduplicator';
import type { AvailabilityStatus, CustomValue, Lead } from '../domain/lead';
import type { LeadFilter } from '../domain/leads.repository';
import { searchWords } from '../domain/search';

const MAX_DELETED_IDS = 1_000;

/** What goes with the rows of POST /leads; the rows themselves are judged one by one by the domain. */
export class SaveLeadsDto {
  @OptionalNullable() @IsId() listId?: string | null;
  @OptionalNullable() @Text(100) source?: string | null;
  @OptionalNullable() @Text(10, 1) defaultCountryCode?: string | null;
  @Optional() @IsIn(['skip', 'update']) onDuplicate?: OnDuplicate;
  @Optional() @IsIn(['reject', 'skip']) onInvalid?: 'reject' | 'skip';
  /** Taken without complaint from clients that know GoHighLevel, and not kept. */
  @IsOptional() ghlLocationId?: unknown;
}

export class ListLeadsQuery extends PagingQuery {
  @Optional() @IsId() id?: string;
  @Optional() @IsId() listId?: string;
  @Optional() @Text(200) externalId?: string;
  @Optional() @IsIn(['available', 'unavailable', 'error']) availabilityStatus?: AvailabilityStatus;
  @Optional() @IsInstant() updatedSince?: string;
  /** Words, each the beginning of a word of name, company or e-mail, or of the phone. */
  @Optional() @Text(200) search?: string;
  /** `key:value` of a custom field. */
  @Optional() @IsString() @MaxLength(1_000) customField?: string;
}

export class DeleteLeadsDto {
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(MAX_DELETED_IDS) @IsString({ each: true }) ids: string[];
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
  if (query.search !== undefined && query.search !== '') filter.search = searchWords(query.search);
  if (query.customField !== undefined) filter.customField = customFieldOf(query.customField);
  return filter;
}

/** A query string has texts only, so `size:5` finds the text as well as the number. */
function customFieldOf(text: string): NonNullable<LeadFilter['customField']> {
  const colon = text.indexOf(':');
  if (colon < 1) throw new ValidationFailed([{ field: 'customField', message: 'must be key:value' }]);
  const value = text.slice(colon + 1);
  const values: CustomValue[] = [value];
  if (value.trim() !== '' && Number.isFinite(Number(value))) values.push(Number(value));
  if (value === 'true' || value === 'false') values.push(value === 'true');
  return { key: text.slice(0, colon), values };
}

export const toLeadResponse = ({ id, importId: _, ...lead }: Lead) => ({ _id: id, ...lead });
export const toListResponse = ({ id, ...list }: CountedList) => ({ _id: id, ...list });

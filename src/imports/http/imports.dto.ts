import { IsIn } from 'class-validator';
import type { OnDuplicate, OnNull } from '../../leads/domain';
import { type CsvCall, csvCallOf, CsvFields } from '../../platform/csv-jobs';
import { IsId, Optional, validateDto, Word } from '../../platform/http';
import type { ImportCall } from '../application/imports.service';
import type { OnInvalid } from '../domain/import';

/** What goes with the file, as form fields or in the query. */
export class ImportFields extends CsvFields {
  @Optional() @IsId() listId?: string;
  @Optional() @IsId() campaignId?: string;
  @Optional() @Word(10) defaultCountryCode?: string;
  @Optional() @IsIn(['skip', 'update']) onDuplicate?: OnDuplicate;
  @Optional() @IsIn(['keep', 'clear']) onNull?: OnNull;
  @Optional() @IsIn(['reject', 'skip']) onInvalid?: OnInvalid;
}

/**
 * What an upload asks for.
 * @param fields of the query and of the form, which are checked together
 * @throws ValidationFailed
 */
export const importCallOf = async (fields: Record<string, unknown>): Promise<CsvCall<ImportCall>> =>
  csvCallOf(await validateDto(ImportFields, fields));

import { IsBoolean, IsIn, IsString, MaxLength } from 'class-validator';
import { type CsvImport, mappingOf, toImportResponse as toCsvImportResponse } from '../../platform/csv-jobs';
import { IsId, Optional, QueryFlag, Text, validateDto } from '../../platform/http';
import type { ImportCall } from '../application/imports.service';
import type { ImportProgress } from '../domain/import';

/** What goes with the file, as form fields or in the query. */
export class ImportFields {
  @Optional() @IsId() listId?: string;
  @Optional() @IsId() campaignId?: string;
  @Optional() @Text(10, 1) defaultCountryCode?: string;
  @Optional() @IsIn(['skip', 'update']) onDuplicate?: 'skip' | 'update';
  /** JSON: column → field, `customFields.<key>`, or null. */
  @Optional() @IsString() @MaxLength(100_000) mapping?: string;
  /** Only say what would become of the file's first rows. */
  @Optional() @QueryFlag() @IsBoolean() dryRun?: boolean;
}

/**
 * What an upload asks for.
 * @param fields of the query and of the form, which are checked together
 * @throws ValidationFailed
 */
export async function importCallOf(fields: Record<string, unknown>): Promise<{ call: ImportCall; dryRun: boolean }> {
  const { dryRun = false, mapping, ...call } = await validateDto(ImportFields, fields);
  return { call: { ...call, mapping: mappingOf(mapping) }, dryRun };
}

export function toImportResponse(it: CsvImport<ImportProgress>): Record<string, unknown> {
  const { rows, saved, updated, duplicate, invalid, enrolled, options } = it.progress;
  const { listId, campaignId } = options;
  const counts = { rows, saved, updated, duplicate, invalid, ...(campaignId && { enrolled }) };
  return toCsvImportResponse(it, { listId, campaignId, ...counts });
}

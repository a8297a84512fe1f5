import { IsBoolean, IsIn, IsString, MaxLength } from 'class-validator';
import { type CsvImport, mappingOf, toImportResponse } from '../../platform/csv-jobs';
import { Optional, QueryFlag, Text, validateDto } from '../../platform/http';
import type { SuppressionImportCall } from '../application/suppression-imports.service';
import { IMPORTED_REASONS, SUPPRESSION_CHANNELS, type SuppressionChannel, type SuppressionReason } from '../domain/suppression';
import type { SuppressionImportProgress } from '../domain/suppression-import';

/** What goes with the file, as form fields or in the query. */
export class SuppressionImportFields {
  /** Of rows that name none; by default `all`. */
  @Optional() @IsIn(SUPPRESSION_CHANNELS) channel?: SuppressionChannel;
  /** Of rows that name none; by default `manual`. */
  @Optional() @IsIn(IMPORTED_REASONS) reason?: SuppressionReason;
  @Optional() @Text(10, 1) defaultCountryCode?: string;
  /** JSON: column → field, or null. */
  @Optional() @IsString() @MaxLength(100_000) mapping?: string;
  /** Only say what would become of the file's first rows. */
  @Optional() @QueryFlag() @IsBoolean() dryRun?: boolean;
}

/**
 * What an upload asks for.
 * @param fields of the query and of the form, which are checked together
 * @throws ValidationFailed
 */
export async function suppressionImportCallOf(
  fields: Record<string, unknown>,
): Promise<{ call: SuppressionImportCall; dryRun: boolean }> {
  const { dryRun = false, mapping, ...call } = await validateDto(SuppressionImportFields, fields);
  return { call: { ...call, mapping: mappingOf(mapping) }, dryRun };
}

export function toSuppressionImportResponse(it: CsvImport<SuppressionImportProgress>): Record<string, unknown> {
  const { rows, saved, existing, invalid, options } = it.progress;
  return toImportResponse(it, { channel: options.channel, reason: options.reason, rows, saved, existing, invalid });
}

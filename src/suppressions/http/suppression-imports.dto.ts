import { IsIn } from 'class-validator';
import { type CsvCall, csvCallOf, CsvFields, type CsvImport, toImportResponse } from '../../platform/csv-jobs';
import { Optional, validateDto, Word } from '../../platform/http';
import type { SuppressionImportCall } from '../application/suppression-imports.service';
import { IMPORTED_REASONS, SUPPRESSION_CHANNELS, type SuppressionChannel, type SuppressionReason } from '../domain/suppression';
import type { SuppressionImportProgress } from '../domain/suppression-import';

/** What goes with the file, as form fields or in the query. */
export class SuppressionImportFields extends CsvFields {
  /** Of rows that name none; by default `all`. */
  @Optional() @IsIn(SUPPRESSION_CHANNELS) channel?: SuppressionChannel;
  /** Of rows that name none; by default `manual`. */
  @Optional() @IsIn(IMPORTED_REASONS) reason?: SuppressionReason;
  @Optional() @Word(10) defaultCountryCode?: string;
}

/**
 * What an upload asks for.
 * @param fields of the query and of the form, which are checked together
 * @throws ValidationFailed
 */
export const suppressionImportCallOf = async (fields: Record<string, unknown>): Promise<CsvCall<SuppressionImportCall>> =>
  csvCallOf(await validateDto(SuppressionImportFields, fields));

export function toSuppressionImportResponse(it: CsvImport<SuppressionImportProgress>): Record<string, unknown> {
  const { rows, saved, existing, invalid, options } = it.progress;
  return toImportResponse(it, { channel: options.channel, reason: options.reason, rows, saved, existing, invalid });
}

import { IsIn } from 'class-validator';
import { type CsvCall, csvCallOf, CsvFields } from '../../platform/csv-jobs';
import { Optional, validateDto, Word } from '../../platform/http';
import type { SuppressionImportCall } from '../application/suppression-imports.service';
import { IMPORTED_REASONS, SUPPRESSION_CHANNELS, type SuppressionChannel, type SuppressionReason } from '../domain/suppression';

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

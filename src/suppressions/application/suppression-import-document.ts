import { type CsvImport, toImportResponse } from '../../platform/csv-jobs';
import type { SuppressionImportProgress } from '../domain/suppression-import';

/** An import of suppressions as callers see it. */
export function suppressionImportDocument(it: CsvImport<SuppressionImportProgress>) {
  const { rows, saved, existing, invalid, options } = it.progress;
  return toImportResponse(it, { channel: options.channel, reason: options.reason, rows, saved, existing, invalid });
}

import { type CsvImport, toImportResponse } from '../../platform/csv-jobs';
import type { ImportProgress } from '../domain/import';

/** An import of leads as callers see it. */
export function importDocument(it: CsvImport<ImportProgress>) {
  const { rows, saved, updated, duplicate, invalid, enrolled, options } = it.progress;
  const { listId, campaignId } = options;
  const counts = { rows, saved, updated, duplicate, invalid, ...(campaignId && { enrolled }) };
  return toImportResponse(it, { listId, campaignId, ...counts });
}

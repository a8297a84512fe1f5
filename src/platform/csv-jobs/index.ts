export {
  type CsvImport,
  type CsvPreview,
  type CsvProgress,
  toImportResponse,
  toPreviewResponse,
  type UploadedFile,
} from './csv-import';
export { type CsvImporter, CsvImportRunner, type EndChunk } from './csv-import-runner';
export { CsvImportsService, type RejectedFile } from './csv-imports.service';
export { CsvJobsModule } from './csv-jobs.module';
export { CsvUploads } from './csv-uploads';
export { reasonOf, type RejectedRow, type StoredFile } from './import-files';
export type { Mapping } from './csv-columns';
export { mappingOf } from './mapping-field';
export type { CsvRow } from './read-chunk';
export { readStart } from './read-start';
export { answerRejected } from './rejected-csv';

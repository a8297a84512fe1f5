export { FileTooLarge } from './csv-jobs.errors';
export { CsvJobsModule } from './csv-jobs.module';
export { MAX_COLUMNS, MAX_RECORD_BYTES } from './csv-limits';
export { ImportFiles, ImportTurns, type RejectedRow, RejectedRows, type StoredFile } from './import-files';
export { type CsvChunk, type CsvRow, isBlank, readChunk } from './read-chunk';
export { rejectedCsv } from './rejected-csv';
export { takeUpload } from './upload';

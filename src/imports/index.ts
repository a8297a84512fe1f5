export { importDocument } from './application/import-document';
export { IMPORT, ImportsService } from './application/imports.service';
export { ImportsModule } from './imports.module';

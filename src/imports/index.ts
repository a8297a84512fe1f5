export { importDocument } from './application/import-document';
export { IMPORT } from './application/imports.service';
export { ImportsModule } from './imports.module';

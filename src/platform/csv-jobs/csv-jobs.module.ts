import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { CsvImportRunner } from './csv-import-runner';
import { CsvImportsService } from './csv-imports.service';
import {
  ImportDuplicatesSchema,
  ImportFileSchema,
  ImportTurnSchema,
  ImportWarningsSchema,
  RejectedRowsSchema,
} from './csv-jobs.schema';
import { CsvUploads } from './csv-uploads';
import { GridFsImportFiles } from './gridfs-import-files';
import { ImportFiles, ImportTurns } from './import-files';
import { ImportReports } from './import-reports';
import { ImportTraces } from './import-traces';
import { MongoImportReports } from './mongo-import-reports';
import { MongoImportTraces } from './mongo-import-traces';
import { MongoImportTurns } from './mongo-import-turns';

/** What every import of a CSV file stands on: uploads, the work in chunks, reports of rows, and turns. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: 'ImportFile', schema: ImportFileSchema },
      { name: 'RejectedRows', schema: RejectedRowsSchema },
      { name: 'ImportWarnings', schema: ImportWarningsSchema },
      { name: 'ImportDuplicates', schema: ImportDuplicatesSchema },
      { name: 'ImportTurn', schema: ImportTurnSchema },
    ]),
  ],
  providers: [
    CsvUploads,
    CsvImportsService,
    CsvImportRunner,
    { provide: ImportFiles, useClass: GridFsImportFiles },
    { provide: ImportReports, useClass: MongoImportReports },
    { provide: ImportTraces, useClass: MongoImportTraces },
    { provide: ImportTurns, useClass: MongoImportTurns },
  ],
  exports: [CsvUploads, CsvImportsService, CsvImportRunner, ImportTraces],
})
export class CsvJobsModule {}

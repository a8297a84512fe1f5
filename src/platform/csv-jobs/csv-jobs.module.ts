import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { CsvImportRunner } from './csv-import-runner';
import { CsvImportsService } from './csv-imports.service';
import { ImportFileSchema, ImportTurnSchema, RejectedRowsSchema } from './csv-jobs.schema';
import { CsvUploads } from './csv-uploads';
import { GridFsImportFiles } from './gridfs-import-files';
import { ImportFiles, ImportTurns, RejectedRows } from './import-files';
import { ImportTraces } from './import-traces';
import { MongoImportTraces } from './mongo-import-traces';
import { MongoImportTurns } from './mongo-import-turns';
import { MongoRejectedRows } from './mongo-rejected-rows';

/** What every import of a CSV file stands on: uploads, the work in chunks, rejected rows, and turns. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: 'ImportFile', schema: ImportFileSchema },
      { name: 'RejectedRows', schema: RejectedRowsSchema },
      { name: 'ImportTurn', schema: ImportTurnSchema },
    ]),
  ],
  providers: [
    CsvUploads,
    CsvImportsService,
    CsvImportRunner,
    { provide: ImportFiles, useClass: GridFsImportFiles },
    { provide: RejectedRows, useClass: MongoRejectedRows },
    { provide: ImportTraces, useClass: MongoImportTraces },
    { provide: ImportTurns, useClass: MongoImportTurns },
  ],
  exports: [CsvUploads, CsvImportsService, CsvImportRunner, ImportTraces],
})
export class CsvJobsModule {}

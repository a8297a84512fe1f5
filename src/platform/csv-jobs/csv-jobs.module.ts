import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ImportFileSchema, ImportTurnSchema, RejectedRowsSchema } from './csv-jobs.schema';
import { GridFsImportFiles } from './gridfs-import-files';
import { ImportFiles, ImportTurns, RejectedRows } from './import-files';
import { MongoImportTurns } from './mongo-import-turns';
import { MongoRejectedRows } from './mongo-rejected-rows';

/** What every import of a CSV file stands on: the uploaded files, the rejected rows, and the turns. */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: 'ImportFile', schema: ImportFileSchema },
      { name: 'RejectedRows', schema: RejectedRowsSchema },
      { name: 'ImportTurn', schema: ImportTurnSchema },
    ]),
  ],
  providers: [
    { provide: ImportFiles, useClass: GridFsImportFiles },
    { provide: RejectedRows, useClass: MongoRejectedRows },
    { provide: ImportTurns, useClass: MongoImportTurns },
  ],
  exports: [ImportFiles, RejectedRows, ImportTurns],
})
export class CsvJobsModule {}

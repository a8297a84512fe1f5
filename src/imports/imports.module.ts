import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { CampaignsModule } from '../campaigns';
import { LeadsModule } from '../leads';
import { ImportsService } from './application/imports.service';
import { RunImportsService } from './application/run-imports.service';
import { ImportFiles, ImportTurns, RejectedRows } from './domain/import-files';
import { ImportsController } from './http/imports.controller';
import { GridFsImportFiles } from './infrastructure/gridfs-import-files';
import { ImportFileSchema, ImportTurnSchema, RejectedRowsSchema } from './infrastructure/import.schema';
import { MongoImportTurns } from './infrastructure/mongo-import-turns';
import { MongoRejectedRows } from './infrastructure/mongo-rejected-rows';

@Module({
  imports: [
    LeadsModule,
    CampaignsModule,
    MongooseModule.forFeature([
      { name: 'ImportFile', schema: ImportFileSchema },
      { name: 'RejectedRows', schema: RejectedRowsSchema },
      { name: 'ImportTurn', schema: ImportTurnSchema },
    ]),
  ],
  controllers: [ImportsController],
  providers: [
    ImportsService,
    RunImportsService,
    { provide: ImportFiles, useClass: GridFsImportFiles },
    { provide: RejectedRows, useClass: MongoRejectedRows },
    { provide: ImportTurns, useClass: MongoImportTurns },
  ],
})
export class ImportsModule {}

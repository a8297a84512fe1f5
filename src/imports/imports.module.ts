import { Module } from '@nestjs/common';
import { CampaignsModule } from '../campaigns';
import { LeadsModule } from '../leads';
import { CsvJobsModule } from '../platform/csv-jobs';
import { ImportsService } from './application/imports.service';
import { RunImportsService } from './application/run-imports.service';
import { ImportsController } from './http/imports.controller';

@Module({
  imports: [LeadsModule, CampaignsModule, CsvJobsModule],
  controllers: [ImportsController],
  providers: [ImportsService, RunImportsService],
})
export class ImportsModule {}

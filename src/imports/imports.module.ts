import { Module } from '@nestjs/common';
import { CampaignsModule } from '../campaigns';
import { LeadsModule, PersonalData } from '../leads';
import { CsvJobsModule } from '../platform/csv-jobs';
import { ImportsService } from './application/imports.service';
import { PersonalImportsService } from './application/personal-imports.service';
import { RunImportsService } from './application/run-imports.service';
import { ImportsController } from './http/imports.controller';

@Module({
  imports: [LeadsModule, CampaignsModule, CsvJobsModule],
  controllers: [ImportsController],
  providers: [ImportsService, RunImportsService, PersonalImportsService],
  exports: [ImportsService],
})
export class ImportsModule {
  constructor(personalData: PersonalData, imports: PersonalImportsService) {
    personalData.register('imports', imports);
  }
}

import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { LeadsModule, PersonalData } from '../leads';
import { CsvJobsModule } from '../platform/csv-jobs';
import { BackgroundTelling } from './application/background-telling';
import { DerivedSuppressions } from './application/derived-suppressions';
import { OptOuts } from './application/opt-outs';
import { RunSuppressionImportsService } from './application/run-suppression-imports.service';
import { SuppressedLeads } from './application/suppressed-leads';
import { SuppressionChecks } from './application/suppression-checks';
import { SuppressionImportsService } from './application/suppression-imports.service';
import { SuppressionWrites } from './application/suppression-writes';
import { SuppressionsService } from './application/suppressions.service';
import { UnsubscribeLinks } from './application/unsubscribe-links';
import { UnsubscribesService } from './application/unsubscribes.service';
import { Suppressions } from './domain/suppressions.repository';
import { SuppressionImportsController } from './http/suppression-imports.controller';
import { SuppressionsController } from './http/suppressions.controller';
import { UnsubscribeController } from './http/unsubscribe.controller';
import { MongoPersonalSuppressions } from './infrastructure/mongo-personal-suppressions';
import { MongoSuppressions } from './infrastructure/mongo-suppressions';
import { LiftedSuppressionSchema, SuppressionSchema } from './infrastructure/suppression.schema';

/** Who must not be written to, and why. */
@Module({
  imports: [
    LeadsModule,
    CsvJobsModule,
    MongooseModule.forFeature([
      { name: 'Suppression', schema: SuppressionSchema },
      { name: 'LiftedSuppression', schema: LiftedSuppressionSchema },
    ]),
  ],
  controllers: [SuppressionImportsController, SuppressionsController, UnsubscribeController],
  providers: [
    SuppressionsService,
    SuppressionChecks,
    SuppressedLeads,
    SuppressionWrites,
    BackgroundTelling,
    SuppressionImportsService,
    RunSuppressionImportsService,
    DerivedSuppressions,
    OptOuts,
    UnsubscribeLinks,
    UnsubscribesService,
    MongoPersonalSuppressions,
    { provide: Suppressions, useClass: MongoSuppressions },
  ],
  exports: [OptOuts, SuppressionChecks, SuppressionWrites, Suppressions, UnsubscribeLinks],
})
export class SuppressionsModule {
  constructor(personalData: PersonalData, suppressions: MongoPersonalSuppressions) {
    personalData.register('suppressions', suppressions);
  }
}

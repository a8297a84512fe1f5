import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChannelsModule } from '../channels';
import { LeadsModule, PersonalData } from '../leads';
import { LinesModule } from '../lines';
import { AutoCheckService } from './application/auto-check.service';
import { AvailabilityBatchesService } from './application/availability-batches.service';
import { BatchChecksService } from './application/batch-checks.service';
import { CheckAvailabilityService } from './application/check-availability.service';
import { DirectChecksService } from './application/direct-checks.service';
import { CheckQuota, CheckResultCache } from './domain/availability';
import { BatchTargets } from './domain/batch-targets';
import { AvailabilityController } from './http/availability.controller';
import { BatchTargetsSchema, CheckUsageSchema, KnownAnswerSchema } from './infrastructure/availability.schema';
import { MongoBatchTargets, MongoCheckQuota, MongoCheckResultCache } from './infrastructure/mongo-availability';
import { MongoPersonalChecks } from './infrastructure/mongo-personal-checks';

@Module({
  imports: [
    LeadsModule,
    LinesModule,
    ChannelsModule,
    MongooseModule.forFeature([
      { name: 'AvailabilityAnswer', schema: KnownAnswerSchema },
      { name: 'AvailabilityUsage', schema: CheckUsageSchema },
      { name: 'AvailabilityTargets', schema: BatchTargetsSchema },
    ]),
  ],
  controllers: [AvailabilityController],
  providers: [
    CheckAvailabilityService,
    DirectChecksService,
    BatchChecksService,
    AvailabilityBatchesService,
    AutoCheckService,
    MongoPersonalChecks,
    { provide: CheckResultCache, useClass: MongoCheckResultCache },
    { provide: CheckQuota, useClass: MongoCheckQuota },
    { provide: BatchTargets, useClass: MongoBatchTargets },
  ],
})
export class AvailabilityModule {
  constructor(personalData: PersonalData, checks: MongoPersonalChecks) {
    personalData.register('availability', checks);
  }
}

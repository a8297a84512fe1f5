import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChannelsModule } from '../channels';
import { LeadsModule } from '../leads';
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
    { provide: CheckResultCache, useClass: MongoCheckResultCache },
    { provide: CheckQuota, useClass: MongoCheckQuota },
    { provide: BatchTargets, useClass: MongoBatchTargets },
  ],
})
export class AvailabilityModule {}

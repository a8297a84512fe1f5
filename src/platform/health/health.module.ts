import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { TerminusModule } from '@nestjs/terminus';
import { DeepChecks } from './deep-checks';
import { HealthController } from './health.controller';
import { HealthProbeSchema } from './health-probe.schema';

@Module({
  imports: [
    TerminusModule.forRoot({ logger: false }),
    MongooseModule.forFeature([{ name: 'HealthProbe', schema: HealthProbeSchema }]),
  ],
  controllers: [HealthController],
  providers: [DeepChecks],
  exports: [DeepChecks],
})
export class HealthModule {}

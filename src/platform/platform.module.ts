import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { ActivityModule } from './activity';
import { ApiDocsModule } from './api-docs';
import { BackgroundModule } from './background';
import { ChangesModule } from './changes';
import { Clock, SystemClock } from './clock';
import { Config } from './config';
import { CountersModule } from './counters';
import { EventsModule } from './events';
import { HealthModule } from './health';
import { ErrorFilter, LongAnswers, RequestValidation } from './http';
import { IdempotencyModule } from './idempotency';
import { Ids } from './ids';
import { KeyedHashesModule } from './keyed-hashes';
import { LoggingModule } from './logging';
import { MetricsModule } from './metrics';
import { MongoModule } from './mongo';
import { OperationsModule } from './operations';
import { QueueBoardModule } from './queue-board';
import { QueuesModule } from './queues';
import { RateLimitsModule } from './rate-limits';
import { SecretsModule } from './secrets';
import { SendingFormatModule } from './sending-format';
import { StoppingModule } from './stopping';
import { TicksModule } from './ticks';
import { TracingModule } from './tracing';
import { WorkersModule } from './workers';

/** What every module stands on. */
@Global()
@Module({})
export class PlatformModule {
  static with(config: Config, clock: Clock = new SystemClock()): DynamicModule {
    return {
      module: PlatformModule,
      imports: [
        LoggingModule,
        OperationsModule,
        MetricsModule,
        ActivityModule,
        StoppingModule,
        TicksModule,
        MongoModule,
        TracingModule,
        QueuesModule,
        QueueBoardModule,
        RateLimitsModule,
        EventsModule,
        SecretsModule,
        KeyedHashesModule,
        CountersModule,
        ChangesModule,
        BackgroundModule,
        HealthModule,
        ApiDocsModule,
        IdempotencyModule,
        SendingFormatModule,
        WorkersModule,
      ],
      providers: [
        { provide: Config, useValue: config },
        { provide: Clock, useValue: clock },
        Ids,
        ErrorFilter,
        { provide: APP_FILTER, useExisting: ErrorFilter },
        { provide: APP_PIPE, useClass: RequestValidation },
        { provide: APP_INTERCEPTOR, useClass: LongAnswers },
      ],
      exports: [Config, Clock, Ids, ErrorFilter],
    };
  }
}

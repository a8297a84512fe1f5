import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { Config } from '../config';
import { QueuesModule, WorkQueues } from '../queues';
import { Ticks } from '../ticks';
import { BackgroundJobSchema } from './background-job.schema';
import { BACKGROUND_QUEUE, BackgroundJobs } from './background-jobs';

const CONCURRENCY = 4;

@Global()
@Module({
  imports: [
    MongooseModule.forFeature([{ name: 'BackgroundJob', schema: BackgroundJobSchema }]),
    QueuesModule.queue(BACKGROUND_QUEUE),
  ],
  providers: [BackgroundJobs],
  exports: [BackgroundJobs],
})
export class BackgroundModule {
  constructor(
    private readonly backgroundJobs: BackgroundJobs,
    private readonly workQueues: WorkQueues,
    ticks: Ticks,
    config: Config,
  ) {
    ticks.every('wake background work', config.TICK_MS, () => backgroundJobs.wakeDue(), {
      concerns: ['backgroundJobs'],
      nextAt: () => backgroundJobs.nextAt(),
    });
  }

  onModuleInit(): void {
    this.workQueues.handle(BACKGROUND_QUEUE, CONCURRENCY, (data) => this.backgroundJobs.run((data as { id: string }).id));
  }
}

import { Global, Module, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { Ticks } from '../ticks';
import { CounterSchema } from './counter.schema';
import { Counts } from './counts';

const FOLD_EVERY_MS = 10_000;
const FOLD_ALL_EVERY_MS = 15 * 60_000;

@Global()
@Module({
  imports: [MongooseModule.forFeature([{ name: 'Counter', schema: CounterSchema }])],
  providers: [Counts],
  exports: [Counts],
})
export class CountersModule implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly counts: Counts,
    ticks: Ticks,
  ) {
    // What processes that have ended left behind.
    ticks.every('fold all counts', FOLD_ALL_EVERY_MS, () => counts.foldAll());
  }

  /** Every process folds what it added itself, also those that serve the API alone and have no ticks. */
  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.counts.fold().catch(() => undefined), FOLD_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}

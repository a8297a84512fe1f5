import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { Ticks } from '../ticks';
import { CounterSchema } from './counter.schema';
import { Counts } from './counts';

const FOLD_EVERY_MS = 10_000;

@Global()
@Module({
  imports: [MongooseModule.forFeature([{ name: 'Counter', schema: CounterSchema }])],
  providers: [Counts],
  exports: [Counts],
})
export class CountersModule {
  constructor(counts: Counts, ticks: Ticks) {
    ticks.every('fold counts', FOLD_EVERY_MS, () => counts.fold());
  }
}

export { Counts, type CountChange } from './counts';
export { CountersModule } from './counters.module';

export { Ticks } from './ticks';
export { TicksModule } from './ticks.module';

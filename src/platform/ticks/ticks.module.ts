import { Global, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { Ticks } from './ticks';

@Global()
@Module({ imports: [ScheduleModule.forRoot()], providers: [Ticks], exports: [Ticks] })
export class TicksModule {}

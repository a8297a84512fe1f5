import { Module } from '@nestjs/common';
import { ADAPTERS } from './adapters';
import { Channels, type Channel } from './domain/channel';
import { GuardedHttp } from './infrastructure/guarded-http';

@Module({
  providers: [
    GuardedHttp,
    ...ADAPTERS,
    { provide: Channels, inject: ADAPTERS, useFactory: (...adapters: Channel[]) => new Channels(adapters) },
  ],
  exports: [Channels, GuardedHttp],
})
export class ChannelsModule {}

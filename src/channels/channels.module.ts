import { Module } from '@nestjs/common';
import { ADAPTERS } from './adapters';
import { type Channel, Channels } from './domain/channel';
import { Downloads } from './domain/downloads';
import { GuardedHttp } from './infrastructure/guarded-http';

@Module({
  providers: [
    GuardedHttp,
    { provide: Downloads, useExisting: GuardedHttp },
    ...ADAPTERS,
    { provide: Channels, inject: ADAPTERS, useFactory: (...adapters: Channel[]) => new Channels(adapters) },
  ],
  exports: [Channels, Downloads],
})
export class ChannelsModule {}

import { Module } from '@nestjs/common';
import { BlueBubblesChannel } from './bluebubbles/bluebubbles.channel';
import { Channels, type Channel } from './domain/channel';
import { GuardedHttp } from './infrastructure/guarded-http';

/** Every adapter. A new channel is a folder, and a line here. */
const ADAPTERS = [BlueBubblesChannel];

@Module({
  providers: [
    GuardedHttp,
    ...ADAPTERS,
    { provide: Channels, inject: ADAPTERS, useFactory: (...adapters: Channel[]) => new Channels(adapters) },
  ],
  exports: [Channels, GuardedHttp],
})
export class ChannelsModule {}

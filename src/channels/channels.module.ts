import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ADAPTERS } from './adapters';
import type { Channel } from './domain/channel';
import { Channels } from './domain/channels';
import { Conversations } from './domain/conversations';
import { Downloads } from './domain/downloads';
import { Posts } from './domain/posts';
import { ConversationSchema } from './infrastructure/conversation.schema';
import { GuardedHttp } from './infrastructure/guarded-http';
import { GuardedSocket } from './infrastructure/guarded-socket';
import { MongoConversations } from './infrastructure/mongo-conversations';
import { TxtRecords } from './infrastructure/txt-records';

@Module({
  imports: [MongooseModule.forFeature([{ name: 'Conversation', schema: ConversationSchema }])],
  providers: [
    { provide: Conversations, useClass: MongoConversations },
    GuardedHttp,
    GuardedSocket,
    TxtRecords,
    { provide: Downloads, useExisting: GuardedHttp },
    { provide: Posts, useExisting: GuardedHttp },
    ...ADAPTERS,
    { provide: Channels, inject: ADAPTERS, useFactory: (...adapters: Channel[]) => new Channels(adapters) },
  ],
  exports: [Channels, Conversations, Downloads, Posts],
})
export class ChannelsModule {}

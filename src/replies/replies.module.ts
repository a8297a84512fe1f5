import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AccountsModule } from '../accounts';
import { ChannelsModule } from '../channels';
import { LeadsModule, PersonalData } from '../leads';
import { LineReadings, LinesModule } from '../lines';
import { MessagesModule } from '../messages';
import { SuppressionsModule } from '../suppressions';
import { AccountReader } from './application/account-reader';
import { AccountWatcher } from './application/account-watcher';
import { AddressedLines } from './application/addressed-lines';
import { ConversationsService } from './application/conversations.service';
import { GesturesService } from './application/gestures.service';
import { InboundService } from './application/inbound.service';
import { InboxService } from './application/inbox.service';
import { LineReadingsService } from './application/line-readings.service';
import { ProviderNews } from './application/provider-news';
import { RepliesService } from './application/replies.service';
import { ReplyFilesService } from './application/reply-files.service';
import { ReplyIntake } from './application/reply-intake';
import { ReportedOptOuts } from './application/reported-opt-outs';
import { ReviewsService } from './application/reviews.service';
import { AccountReadings } from './domain/account-reading';
import { AccountWatches } from './domain/account-watch';
import { InboxConversations } from './domain/conversation';
import { InboundCalls } from './domain/inbound-calls';
import { Replies } from './domain/reply';
import { ReplyFiles } from './domain/reply-files';
import { ConversationsController } from './http/conversations.controller';
import { GesturesController } from './http/gestures.controller';
import { InboundController } from './http/inbound.controller';
import { InboundSecretHook } from './http/inbound-secret.hook';
import { RepliesController } from './http/replies.controller';
import { ReplyFilesController } from './http/reply-files.controller';
import { AccountReadingSchema } from './infrastructure/account-reading.schema';
import { AccountWatchSchema } from './infrastructure/account-watch.schema';
import { InboundCallSchema } from './infrastructure/inbound-call.schema';
import { MongoAccountReadings } from './infrastructure/mongo-account-readings';
import { MongoAccountWatches } from './infrastructure/mongo-account-watches';
import { MongoInboundCalls } from './infrastructure/mongo-inbound-calls';
import { MongoInbox } from './infrastructure/mongo-inbox';
import { MongoPersonalReplies } from './infrastructure/mongo-personal-replies';
import { MongoReplies } from './infrastructure/mongo-replies';
import { MongoReplyFiles } from './infrastructure/mongo-reply-files';
import { ReplySchema } from './infrastructure/reply.schema';

/** Global, since it implements a port of the lines, which know nothing of it. */
@Global()
@Module({
  imports: [
    LeadsModule,
    AccountsModule,
    LinesModule,
    ChannelsModule,
    MessagesModule,
    SuppressionsModule,
    MongooseModule.forFeature([
      { name: 'Reply', schema: ReplySchema },
      { name: 'InboundCall', schema: InboundCallSchema },
      { name: 'AccountReading', schema: AccountReadingSchema },
      { name: 'AccountWatch', schema: AccountWatchSchema },
    ]),
  ],
  controllers: [ConversationsController, RepliesController, ReplyFilesController, InboundController, GesturesController],
  providers: [
    AccountReader,
    AccountWatcher,
    AddressedLines,
    ConversationsService,
    GesturesService,
    InboxService,
    InboundSecretHook,
    InboundService,
    ProviderNews,
    RepliesService,
    ReplyIntake,
    ReportedOptOuts,
    ReviewsService,
    MongoPersonalReplies,
    MongoReplyFiles,
    ReplyFilesService,
    { provide: ReplyFiles, useExisting: MongoReplyFiles },
    { provide: LineReadings, useClass: LineReadingsService },
    { provide: AccountReadings, useClass: MongoAccountReadings },
    { provide: AccountWatches, useClass: MongoAccountWatches },
    { provide: InboundCalls, useClass: MongoInboundCalls },
    { provide: InboxConversations, useClass: MongoInbox },
    { provide: Replies, useClass: MongoReplies },
  ],
  exports: [AccountReader, ConversationsService, InboxService, LineReadings, Replies],
})
export class RepliesModule {
  constructor(personalData: PersonalData, replies: MongoPersonalReplies) {
    personalData.register('replies', replies);
  }
}

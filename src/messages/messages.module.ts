import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChannelsModule } from '../channels';
import { LeadsDeleted, LeadsModule } from '../leads';
import { LinesModule } from '../lines';
import { DomainEvents } from '../platform/events';
import { QueuesModule } from '../platform/queues';
import { DirectSendsService } from './application/direct-sends.service';
import { AttachmentFiles } from './application/attachment-files.service';
import { DispatcherService, SEND_QUEUE } from './application/dispatcher.service';
import { InboundService } from './application/inbound.service';
import { KnownRecipients } from './application/known-recipients.service';
import { LineFactsService } from './application/line-facts.service';
import { LineUnbinding } from './application/line-unbinding.service';
import { MessageOutcomes } from './application/message-outcomes.service';
import { MessagesService } from './application/messages.service';
import { RecoveryService } from './application/recovery.service';
import { ReplyCatchUp } from './application/reply-catch-up.service';
import { SendMessageService } from './application/send-message.service';
import { TurnChoice } from './application/turn-choice.service';
import { WaitReasons } from './application/wait-reasons.service';
import { LineTurns } from './domain/line-turns';
import { DueMessages } from './domain/due-messages';
import { Messages } from './domain/messages.repository';
import { Recipients } from './domain/recipients';
import { Replies } from './domain/reply';
import { SendContext } from './domain/send-context';
import { InboundController } from './http/inbound.controller';
import { MessagesController } from './http/messages.controller';
import { RepliesController } from './http/replies.controller';
import { MessageSchema } from './infrastructure/message.schema';
import { MongoLineTurns } from './infrastructure/mongo-line-turns';
import { MongoDueMessages } from './infrastructure/mongo-due-messages';
import { MongoMessages } from './infrastructure/mongo-messages';
import { MongoRecipients } from './infrastructure/mongo-recipients';
import { MongoReplies } from './infrastructure/mongo-replies';
import { LineTurnSchema, RecipientSchema, ReplySchema } from './infrastructure/sending.schema';

@Module({})
export class MessagesModule {
  /** @param context what messages ask whether, when and how they may go; @param from the module that provides it */
  static asking(context: Type<SendContext>, from: Type<unknown>): DynamicModule {
    return {
      module: MessagesModule,
      imports: [
        LeadsModule,
        LinesModule,
        ChannelsModule,
        from,
        QueuesModule.queue(SEND_QUEUE),
        MongooseModule.forFeature([
          { name: 'Message', schema: MessageSchema },
          { name: 'LineTurn', schema: LineTurnSchema },
          { name: 'Recipient', schema: RecipientSchema },
          { name: 'Reply', schema: ReplySchema },
        ]),
      ],
      controllers: [MessagesController, RepliesController, InboundController],
      providers: [
        { provide: SendContext, useExisting: context },
        { provide: Messages, useClass: MongoMessages },
        { provide: DueMessages, useClass: MongoDueMessages },
        { provide: LineTurns, useClass: MongoLineTurns },
        { provide: Recipients, useClass: MongoRecipients },
        { provide: Replies, useClass: MongoReplies },
        AttachmentFiles,
        DispatcherService,
        DirectSendsService,
        KnownRecipients,
        LineFactsService,
        TurnChoice,
        SendMessageService,
        MessageOutcomes,
        RecoveryService,
        ReplyCatchUp,
        LineUnbinding,
        MessagesService,
        WaitReasons,
        InboundService,
      ],
      exports: [Messages, MessagesService, DispatcherService, WaitReasons],
    };
  }

  constructor(events: DomainEvents, messages: MessagesService) {
    events.on(LeadsDeleted, async ({ workspaceId, leadIds }, transaction) => {
      await messages.stopWithin(workspaceId, { leadIds }, 'lead_deleted', false, transaction);
    });
  }
}

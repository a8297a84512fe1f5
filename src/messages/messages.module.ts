import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChannelsModule } from '../channels';
import { LeadsDeleted, LeadsModule, PersonalData } from '../leads';
import { LinesModule } from '../lines';
import { DomainEvents } from '../platform/events';
import { SuppressionsModule } from '../suppressions';
import { AnswersService } from './application/answers.service';
import { DirectSendsService } from './application/direct-sends.service';
import { MessageViewsService } from './application/message-views.service';
import { MessagesService } from './application/messages.service';
import { PersonalMessagesService } from './application/personal-messages.service';
import { SuppressedMessages } from './application/suppressed-messages';
import { AnswerMessages } from './domain/answer-messages';
import { DueMessages } from './domain/due-messages';
import { MessageBacklog } from './domain/message-backlog';
import { Messages } from './domain/messages.repository';
import { OldMessages } from './domain/old-messages';
import { PersonalMessages } from './domain/personal-messages';
import { LeadMessagesController } from './http/lead-messages.controller';
import { MessagesController } from './http/messages.controller';
import { MessageSchema } from './infrastructure/message.schema';
import { MongoAnswerMessages } from './infrastructure/mongo-answer-messages';
import { MongoDueMessages } from './infrastructure/mongo-due-messages';
import { MongoMessageBacklog } from './infrastructure/mongo-message-backlog';
import { MongoMessages } from './infrastructure/mongo-messages';
import { MongoOldMessages } from './infrastructure/mongo-old-messages';
import { MongoPersonalMessages } from './infrastructure/mongo-personal-messages';

@Module({
  imports: [
    LeadsModule,
    LinesModule,
    ChannelsModule,
    SuppressionsModule,
    MongooseModule.forFeature([{ name: 'Message', schema: MessageSchema }]),
  ],
  controllers: [LeadMessagesController, MessagesController],
  providers: [
    DirectSendsService,
    MessageViewsService,
    MessagesService,
    SuppressedMessages,
    AnswersService,
    PersonalMessagesService,
    { provide: AnswerMessages, useClass: MongoAnswerMessages },
    { provide: PersonalMessages, useClass: MongoPersonalMessages },
    { provide: Messages, useClass: MongoMessages },
    { provide: MessageBacklog, useClass: MongoMessageBacklog },
    { provide: OldMessages, useClass: MongoOldMessages },
    { provide: DueMessages, useClass: MongoDueMessages },
  ],
  exports: [
    Messages,
    MessageBacklog,
    PersonalMessages,
    OldMessages,
    DueMessages,
    MessagesService,
    MessageViewsService,
    DirectSendsService,
    AnswersService,
  ],
})
export class MessagesModule {
  constructor(
    domainEvents: DomainEvents,
    messages: MessagesService,
    personalData: PersonalData,
    personalMessages: PersonalMessagesService,
  ) {
    personalData.register('messages', personalMessages);
    domainEvents.on(LeadsDeleted, async ({ workspaceId, leadIds }, transaction) => {
      await messages.stopWithin(workspaceId, { scope: { leadIds }, reason: 'lead_deleted', followUps: 'stop' }, transaction);
    });
  }
}

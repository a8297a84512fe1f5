export * from './domain';
export { type DirectSend, DirectSendsService, type DirectSent } from './application/direct-sends.service';
export { AnswersService } from './application/answers.service';
export { messageDocument } from './application/message-document';
export { type MessageView, MessageViewsService } from './application/message-views.service';
export { MessagesModule } from './messages.module';
export { MessagesService } from './application/messages.service';

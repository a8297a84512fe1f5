export * from './domain';
export { AnswersService } from './application/answers.service';
export { messageDocument } from './application/message-document';
export { MessageViewsService } from './application/message-views.service';
export { MessagesModule } from './messages.module';
export { MessagesService } from './application/messages.service';

export * from './domain';
export { AnswersService } from './application/answers.service';
export { MessagesModule } from './messages.module';
export { MessagesService } from './application/messages.service';

export { MessagesModule } from './messages.module';
export { DispatcherService } from './application/dispatcher.service';
export { MessagesService } from './application/messages.service';
export { isWaiting, newMessage, type Message } from './domain/message';
export { Messages } from './domain/messages.repository';
export { campaignSubject, dailySubject, dayKey } from './domain/message-counts';
export { WaitReasons, type WaitReason } from './application/wait-reasons.service';
export {
  MessageEnded,
  ReplyReceived,
  SendContext,
  type Ending,
  type SendDecision,
  type SendPolicy,
  type TurnGroup,
} from './domain/send-context';
export { templateProblem, templateValues } from './domain/template-values';

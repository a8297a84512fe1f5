export * from './domain';
export { ConversationsService } from './application/conversations.service';
export { InboxService } from './application/inbox.service';
export { replyDocument } from './application/reply-document';
export { RepliesModule } from './replies.module';
export { InboundService } from './application/inbound.service';
export { AccountReader, READ_INTERVAL_MS } from './application/account-reader';

export * from './domain';
export { RepliesModule } from './replies.module';
export { InboundService } from './application/inbound.service';
export { AccountReader, READ_INTERVAL_MS } from './application/account-reader';

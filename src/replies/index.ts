export * from './domain';
export { RepliesModule } from './replies.module';
export { InboundService } from './application/inbound.service';

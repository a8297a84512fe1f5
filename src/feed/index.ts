export { EventLog } from './application/event-log';
export * from './domain';
export { FeedModule } from './feed.module';

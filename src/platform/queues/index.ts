export { QueuesModule } from './queues.module';
export { RedisConnections } from './redis-connections';
export { WorkQueues } from './work-queues';

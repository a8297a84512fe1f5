export { QueuesModule } from './queues.module';
export { WorkQueues } from './work-queues';

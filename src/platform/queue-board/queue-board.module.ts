import { Module } from '@nestjs/common';
import { QueueBoard } from './queue-board';

/** Shows operators the queues of Bull, at `/queues` of the operations port. */
@Module({ providers: [QueueBoard] })
export class QueueBoardModule {}

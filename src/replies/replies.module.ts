import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChannelsModule } from '../channels';
import { LeadsModule } from '../leads';
import { LinesModule } from '../lines';
import { MessagesModule } from '../messages';
import { InboundService } from './application/inbound.service';
import { RepliesService } from './application/replies.service';
import { Replies } from './domain/reply';
import { InboundController } from './http/inbound.controller';
import { InboundSecretHook } from './http/inbound-secret.hook';
import { RepliesController } from './http/replies.controller';
import { MongoReplies } from './infrastructure/mongo-replies';
import { ReplySchema } from './infrastructure/reply.schema';

@Module({
  imports: [
    LeadsModule,
    LinesModule,
    ChannelsModule,
    MessagesModule,
    MongooseModule.forFeature([{ name: 'Reply', schema: ReplySchema }]),
  ],
  controllers: [RepliesController, InboundController],
  providers: [InboundSecretHook, InboundService, RepliesService, { provide: Replies, useClass: MongoReplies }],
  exports: [InboundService],
})
export class RepliesModule {}

import { Injectable } from '@nestjs/common';
import { Channels } from '../../../channels';
import { Lines, LinesService } from '../../../lines';
import { type Message, Messages } from '../../../messages';
import { InboundService } from '../../../replies';

/**
 * A provider's callbacks may be lost while we, or it, were away. Before a follow-up, where the send before it
 * never had a receipt (so events of that chat may be missing), the chat itself is read: whoever answered
 * since then is not written to again.
 */
@Injectable()
export class ReplyCatchUp {
  constructor(
    private readonly messages: Messages,
    private readonly inbound: InboundService,
    private readonly channels: Channels,
    private readonly lines: Lines,
    private readonly linesService: LinesService,
  ) {}

  async before(message: Message): Promise<void> {
    if (!message.enrollmentId || !message.stepIndex) return;
    const earlier = await this.messages.ofEnrollments(message.workspaceId, [message.enrollmentId]);
    const last = earlier.filter(({ sentAt, stepIndex }) => sentAt !== null && stepIndex! < message.stepIndex!).at(-1);
    const attempt = last?.attempts.at(-1);
    if (!last || !attempt || last.deliveredAt || last.readAt || !this.channels.has(attempt.channel)) return;
    const line = await this.lines.find(message.workspaceId, attempt.lineId);
    const channel = this.channels.of(attempt.channel);
    if (!line || !channel.findReplies) return;
    const replies = await channel.findReplies(this.linesService.channelLine(line), attempt.address, last.sentAt!);
    for (const reply of replies ?? []) await this.inbound.reply(line, reply);
  }
}

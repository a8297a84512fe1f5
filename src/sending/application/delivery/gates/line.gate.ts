import { Injectable } from '@nestjs/common';
import { type CallFailure, type ChannelLine, Channels, Conversations } from '../../../../channels';
import { isUsable, LinesService, SEALED_FOR_ANOTHER_KEY } from '../../../../lines';
import { nextPart } from '../../../../messages';
import { Clock } from '../../../../platform/clock';
import { type GateResult, PASS, requeue } from '../../../domain/gate';
import { mayUse } from '../../../domain/line-choice';
import type { Opening, Send } from '../send';
import type { Gate } from './gate';

/** The line could not be used after all; its turn is planned anew. */
const LINE_WAIT_MS = 1_000;

/**
 * May the message go out from the line whose turn it is, does the line work, and what does its provider call
 * the conversation with the address?
 */
@Injectable()
export class LineGate implements Gate {
  readonly name = 'line';

  constructor(
    private readonly linesService: LinesService,
    private readonly channels: Channels,
    private readonly conversations: Conversations,
    private readonly clock: Clock,
  ) {}

  async check(send: Send): Promise<GateResult> {
    const line = send.know('plannedLine');
    if (!line || !mayUse(line, send.message, send.know('policy'), send.know('channel')) || !isUsable(line)) {
      return requeue(new Date(this.clock.now().getTime() + LINE_WAIT_MS));
    }
    const channelLine = this.linesService.opened(line);
    const opening = channelLine ? await this.openingOf(send, channelLine) : SEALED_FOR_ANOTHER_KEY;
    if ('scope' in opening) {
      await this.linesService.setAside(line, opening, this.clock.now());
      return requeue(null);
    }
    send.learn({ line, opening });
    return PASS;
  }

  /** How the provider is to be told whom the message is for, or why it could not be asked. */
  private async openingOf({ message, know }: Send, channelLine: ChannelLine): Promise<Opening | CallFailure> {
    const channel = this.channels.of(know('channel'));
    const address = know('address');
    if (!channel.findConversation) return { conversation: null, opensChat: message.opensChat };
    const known = message.opensChat ? null : await this.conversations.find(channelLine.id, address);
    if (known) return { conversation: known, opensChat: false };
    const found = await channel.findConversation(channelLine, address);
    if (found.kind === 'failed') return { message: found.message, scope: found.scope };
    if (found.kind === 'not-on-channel') return { conversation: null, opensChat: false, notOnChannel: found };
    // A file cannot open a conversation; it goes to the one that there is, by its present name.
    const opens = message.opensChat && nextPart(message).kind === 'text';
    if (found.kind === 'none' || opens) return { conversation: null, opensChat: true };
    return { conversation: found.conversation, opensChat: false };
  }
}

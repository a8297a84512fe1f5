import { Injectable } from '@nestjs/common';
import { type CallFailure, type Channel, type ChannelLine, Channels, Conversations, type Reaction } from '../../channels';
import { LinesService } from '../../lines';
import { Messages } from '../../messages';
import { NotFound } from '../../platform/errors';
import type { WorkspaceId } from '../../platform/ids';
import { BridgeFailed, GestureRefused } from '../domain/gestures.errors';
import { Replies } from '../domain/reply';

/** The message that a gesture is about: one of ours, or a reply. */
interface About {
  externalId: string | null;
  address: string | null;
  lineId: string | null;
  channel: string;
}

/** Reactions to messages, and signs that somebody types. */
@Injectable()
export class GesturesService {
  constructor(
    private readonly messages: Messages,
    private readonly replies: Replies,
    private readonly linesService: LinesService,
    private readonly channels: Channels,
    private readonly conversations: Conversations,
  ) {}

  /**
   * @param messageId of a message that was sent, or of a reply
   * @throws NotFound, GestureRefused, BridgeFailed
   */
  async react(workspaceId: WorkspaceId, messageId: string, reaction: Reaction): Promise<void> {
    const about = await this.find(workspaceId, messageId);
    const { externalId } = about;
    if (!externalId) throw new GestureRefused('Message has no BlueBubbles ID — cannot react');
    await this.make(workspaceId, about, async (channel, line, conversation) => {
      if (!channel.react) throw new GestureRefused('Reactions are not possible on this channel');
      return channel.react(line, { conversation, externalId, reaction });
    });
  }

  /** Shows the other side of the message's conversation that somebody types. @throws as `react` */
  async showTyping(workspaceId: WorkspaceId, messageId: string): Promise<void> {
    await this.make(workspaceId, await this.find(workspaceId, messageId), async (channel, line, conversation) => {
      if (!channel.showTyping) throw new GestureRefused('Typing cannot be shown on this channel');
      return channel.showTyping(line, conversation);
    });
  }

  /** @throws NotFound */
  async requireMessage(workspaceId: WorkspaceId, messageId: string): Promise<void> {
    await this.find(workspaceId, messageId);
  }

  private async make(
    workspaceId: WorkspaceId,
    { address, lineId, channel: name }: About,
    gesture: (channel: Channel, line: ChannelLine, conversation: string) => Promise<CallFailure | null>,
  ): Promise<void> {
    if (!address) throw new GestureRefused('Cannot determine contact phone for reaction');
    const line = lineId ? await this.linesService.find(workspaceId, lineId) : null;
    const channelLine = line && this.linesService.opened(line);
    if (!channelLine?.bridgeUrl) throw new GestureRefused('Line not found or missing credentials');
    const channel = this.channels.of(name);
    const conversation = await this.conversationWith(channel, channelLine, address);
    if (!conversation) throw new BridgeFailed('the bridge knows no conversation with the person');
    const failure = await gesture(channel, channelLine, conversation);
    if (failure) throw new BridgeFailed(failure.message);
  }

  private async conversationWith(channel: Channel, line: ChannelLine, address: string): Promise<string | null> {
    const known = await this.conversations.find(line.id, address);
    if (known) return known;
    const found = await channel.findConversation?.(line, address);
    if (found?.kind === 'failed') throw new BridgeFailed(found.message);
    return found?.kind === 'found' ? found.conversation : null;
  }

  private async find(workspaceId: WorkspaceId, id: string): Promise<About> {
    const message = await this.messages.find(workspaceId, id);
    if (message) {
      const { externalMessageId: externalId, address, lineId, channel } = message;
      return { externalId, address, lineId, channel };
    }
    const reply = await this.replies.find(workspaceId, id);
    if (!reply) throw new NotFound('Message');
    const { externalId, address, lineId, channel } = reply;
    return { externalId, address, lineId, channel };
  }
}

import { Injectable } from '@nestjs/common';
import { formsOf } from '#libs/contact-methods';
import { addressesOf, type Lead, Leads } from '../../leads';
import { Lines } from '../../lines';
import {
  type DirectSend,
  DirectSendsService,
  type DirectSent,
  type Message,
  Messages,
  type MessageView,
  MessageViewsService,
} from '../../messages';
import { NotFound } from '../../platform/errors';
import type { WorkspaceId } from '../../platform/ids';
import type { Page, PageRequest } from '../../platform/paging';
import {
  type Conversation,
  type ConversationChange,
  type ConversationFilter,
  InboxConversations,
  type InboxWork,
} from '../domain/conversation';
import { Replies, type Reply } from '../domain/reply';

/** Direct sends to the person that are not sent yet, or were not. */
const NOT_SENT = ['queued', 'pending', 'sending', 'failed'] as const;
const MAX_NOT_SENT = 20;

/** A conversation with what stands elsewhere. */
export interface ShownConversation {
  conversation: Conversation;
  /** `null`: nobody that is known, or not any more. */
  lead: Lead | null;
  needsReview: boolean;
}

/** What one of the two wrote. */
export type Entry = { kind: 'reply'; at: Date; reply: Reply } | { kind: 'message'; at: Date; message: MessageView };

/** A part of a conversation, the latest first. */
export interface Thread extends ShownConversation {
  entries: Entry[];
  /** Direct messages that wait, are on their way, or failed: those of the first part alone. */
  notSent: MessageView[];
  /** Where the next part begins; `null` at the end. */
  nextBefore: Date | null;
}

/** What an answer says; it goes where the person wrote last. */
export type Answer = Pick<DirectSend, 'message' | 'content' | 'createdByUserId'>;

/** Conversations with people, over all channels, for those who work on them. */
@Injectable()
export class InboxService {
  constructor(
    private readonly inboxConversations: InboxConversations,
    private readonly replies: Replies,
    private readonly messages: Messages,
    private readonly messageViews: MessageViewsService,
    private readonly directSends: DirectSendsService,
    private readonly leads: Leads,
    private readonly lines: Lines,
  ) {}

  async list(workspaceId: WorkspaceId, filter: ConversationFilter, pageRequest: PageRequest): Promise<Page<ShownConversation>> {
    const page = await this.inboxConversations.list(workspaceId, filter, pageRequest);
    return { ...page, items: await this.shown(workspaceId, page.items) };
  }

  /** What waits for a person; counts of each kind end at `atMost`. */
  work(workspaceId: WorkspaceId, atMost: number): Promise<InboxWork> {
    return this.inboxConversations.work(workspaceId, atMost);
  }

  /** @throws NotFound */
  async thread(workspaceId: WorkspaceId, id: string, before: Date | null, limit: number): Promise<Thread> {
    const shown = await this.one(workspaceId, id);
    const { conversation, lead } = shown;
    const until = new Date((before ?? new Date(8.64e15)).getTime() - 1);
    const addresses = [
      ...new Set([conversation.last.address, ...(lead ? addressesOf(lead) : [])].flatMap((one) => formsOf(one))),
    ];
    const [replies, sent, notSent] = await Promise.all([
      this.replies.ofPerson(workspaceId, { leadIds: lead ? [lead.id] : [], addresses }, until, limit),
      this.messages.sentTo(workspaceId, addresses, until, limit),
      before || !lead ? [] : this.notSentTo(workspaceId, lead.id),
    ]);
    const views = await this.messageViews.of(workspaceId, sent);
    const all: Entry[] = [
      ...replies.map((reply): Entry => ({ kind: 'reply', at: reply.receivedAt, reply })),
      ...views.map((message): Entry => ({ kind: 'message', at: message.message.sentAt!, message })),
    ];
    const entries = all.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, limit);
    const isWhole = replies.length < limit && sent.length < limit && all.length <= limit;
    return {
      ...shown,
      entries,
      notSent: await this.messageViews.of(workspaceId, notSent),
      nextBefore: isWhole ? null : (entries.at(-1)?.at ?? null),
    };
  }

  /** @throws NotFound */
  async change(workspaceId: WorkspaceId, id: string, change: ConversationChange): Promise<ShownConversation> {
    const conversation = await this.inboxConversations.change(workspaceId, id, change);
    if (!conversation) throw new NotFound('Conversation');
    return (await this.shown(workspaceId, [conversation]))[0]!;
  }

  /**
   * Answers on the channel and the address that the person wrote from last, by the line that they wrote to
   * while that is in use. The conversation is read then.
   * @throws NotFound, and what a direct send does
   */
  async answer(workspaceId: WorkspaceId, id: string, answer: Answer): Promise<DirectSent> {
    const { conversation, lead } = await this.one(workspaceId, id);
    const { address, channel, lineId } = conversation.last;
    const line = (await this.lines.all(workspaceId)).find((one) => one.id === lineId && one.isActive && one.channel === channel);
    const sent = await this.directSends.send(workspaceId, {
      ...answer,
      goesOnId: conversation.last.answeredId,
      channel,
      ...(address.includes('@') ? { recipientEmail: address } : { recipientPhone: address }),
      ...(lead && { leadId: lead.id }),
      ...(line && { fromLineId: line.id }),
    });
    // What came in meanwhile is not read by that.
    await this.inboxConversations.change(workspaceId, id, { unread: 0 }, conversation.last.id);
    return sent;
  }

  private async one(workspaceId: WorkspaceId, id: string): Promise<ShownConversation> {
    const conversation = await this.inboxConversations.find(workspaceId, id);
    if (!conversation) throw new NotFound('Conversation');
    return (await this.shown(workspaceId, [conversation]))[0]!;
  }

  private async shown(workspaceId: WorkspaceId, conversations: readonly Conversation[]): Promise<ShownConversation[]> {
    const leadIds = [...new Set(conversations.flatMap(({ last }) => leadOf(last) ?? []))];
    const [leads, underReview] = await Promise.all([
      this.leads.findMany(workspaceId, leadIds),
      this.inboxConversations.underReview(
        workspaceId,
        conversations.map(({ id }) => id),
      ),
    ]);
    const known = new Map(leads.map((lead) => [lead.id, lead]));
    return conversations.map((conversation) => ({
      conversation,
      lead: known.get(leadOf(conversation.last) ?? '') ?? null,
      needsReview: underReview.has(conversation.id),
    }));
  }

  private async notSentTo(workspaceId: WorkspaceId, leadId: string): Promise<Message[]> {
    const filter = { leadIds: [leadId], statuses: NOT_SENT };
    const { items } = await this.messages.list(workspaceId, filter, { cursor: null, limit: MAX_NOT_SENT });
    return items.filter(({ campaignId }) => campaignId === null);
  }
}

const leadOf = ({ personId, leadIds }: Reply): string | null => personId ?? leadIds[0] ?? null;

import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Workspaces } from '../../auth';
import { Channels } from '../../channels';
import type { Line } from '../../lines';
import { Clock } from '../../platform/clock';
import { DomainEvents } from '../../platform/events';
import { Ids } from '../../platform/ids';
import { type Transaction, Transactions } from '../../platform/mongo';
import { Ticks } from '../../platform/ticks';
import { AnswerMessages, type AnswerTo } from '../domain/answer-messages';
import { newMessage, oldestAnswer } from '../domain/message';
import { becomeDue } from '../domain/message-transitions';
import { Messages } from '../domain/messages.repository';
import { MessagesReady } from '../domain/messages-ready';
import { MessagesService } from './messages.service';

const SWEEP_INTERVAL_MS = 30_000;
const SWEPT_AT_ONCE = 100;

/** To what an answer is given. */
export interface Answered {
  /** The line that it came to, which answers. */
  line: Line;
  address: string;
  /** The lead that wrote, where there is one. */
  leadId: string | null;
  /** When they wrote. */
  at: Date;
}

/** Answers for the workspace, with the texts of its settings, to HELP and to an opt-out (docs/consent.md). */
@Injectable()
export class AnswersService implements OnModuleInit {
  constructor(
    private readonly messages: Messages,
    private readonly answerMessages: AnswerMessages,
    private readonly messagesService: MessagesService,
    private readonly workspaces: Workspaces,
    private readonly channels: Channels,
    private readonly domainEvents: DomainEvents,
    private readonly transactions: Transactions,
    private readonly ticks: Ticks,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.ticks.every('end late answers', SWEEP_INTERVAL_MS, () => this.endLate());
  }

  /**
   * Makes the answer, in the transaction of what it answers: unless the workspace has no text for it, the
   * provider answers by itself, they wrote a while ago, or the same was said to the address a moment ago (two
   * machines that answer each other would not end).
   */
  async give(kind: AnswerTo['kind'], { line, address, leadId, at }: Answered, transaction: Transaction): Promise<void> {
    const { workspaceId, channel, id: lineId } = line;
    const workspace = await this.workspaces.find(workspaceId);
    const template = kind === 'help' ? workspace?.helpText : workspace?.optOutConfirmation;
    if (!template || this.channels.of(channel).answersOptOuts) return;
    const now = this.clock.now();
    const since = oldestAnswer(now);
    if (at < since) return;
    if (await this.answerMessages.wasMadeSince({ workspaceId, kind, address }, since, transaction)) return;
    const fields = { id: this.ids.next(), workspaceId, kind, channel, leadId, recipients: [address], template };
    const message = newMessage({ ...fields, dueAt: now, lineId, lineIsFixed: true }, now);
    await this.messages.insertMany([becomeDue(message, now).message], transaction);
    await this.domainEvents.publish(new MessagesReady(workspaceId), transaction);
  }

  /** Those whose line had no turn for them in time. */
  async endLate(): Promise<void> {
    const late = await this.answerMessages.waitingSince(oldestAnswer(this.clock.now()), SWEPT_AT_ONCE);
    for (const { workspaceId, id: messageId } of late) {
      const stop = { scope: { messageId }, reason: 'too_late', followUps: 'stop' } as const;
      await this.transactions.run((transaction) => this.messagesService.stopWithin(workspaceId, stop, transaction));
    }
  }
}

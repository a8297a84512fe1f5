import { Injectable, Logger } from '@nestjs/common';
import type { SentMessage } from '../../../channels';
import {
  ExternalIdTaken,
  type Message,
  Messages,
  MessagesEnded,
  MessagesReady,
  NotResolvable,
  type Resolution,
  transitions,
  UnknownResolver,
  type Verdict,
} from '../../../messages';
import { Clock } from '../../../platform/clock';
import { NotFound } from '../../../platform/errors';
import { DomainEvents } from '../../../platform/events';
import type { WorkspaceId } from '../../../platform/ids';
import { type Transaction, Transactions } from '../../../platform/mongo';
import { EvidenceSeen } from '../../../replies';
import { Outcomes } from '../delivery/outcomes';
import { SendSignals } from '../send-signals';
import { Evidence, type Found, onItsWay } from './evidence';

/**
 * Settles hand-overs of unknown outcome: by the provider's book, at any time, also when they were given up
 * for unknown long ago; or by a person who knows.
 */
@Injectable()
export class UnknownOutcomes extends UnknownResolver {
  private readonly logger = new Logger(UnknownOutcomes.name);

  constructor(
    private readonly messages: Messages,
    private readonly outcomes: Outcomes,
    private readonly evidence: Evidence,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
    private readonly sendSignals: SendSignals,
    private readonly clock: Clock,
  ) {
    super();
    domainEvents.on(EvidenceSeen, async ({ workspaceId, messageIds }, transaction) => {
      transaction.afterCommit(() => void this.lookAt(workspaceId, messageIds));
    });
  }

  async resolve(workspaceId: WorkspaceId, id: string, as: Verdict): Promise<Message> {
    const settled = await this.transactions.run(async (transaction) => {
      const message = await this.messages.find(workspaceId, id, transaction);
      if (!message) throw new NotFound('Message');
      if (message.status !== 'failed' || message.code !== 'OUTCOME_UNKNOWN') throw new NotResolvable(message.status);
      const { startedAt } = message.attempts.at(-1)!;
      const resolution: Resolution = as === 'sent' ? { as, at: startedAt, externalId: null } : { as, isOnChannel: true };
      const resolved = await this.write(message, resolution, transaction);
      if (!resolved) throw new NotResolvable('being resolved');
      return resolved;
    });
    this.sendSignals.settled(settled, as);
    return settled;
  }

  /** Settles the message where the provider's book has exactly one that is it; else leaves it as it is. */
  async settleByBook(message: Message): Promise<Found> {
    const attempt = message.attempts.at(-1)!;
    const found = await this.evidence.of(message, attempt);
    if (found.kind !== 'one') return found;
    const settledAs =
      message.status === 'sending' ? await this.settle(message, found.match) : await this.reopen(message, found.match);
    if (settledAs) this.sendSignals.settled(message, settledAs);
    return found;
  }

  private async lookAt(workspaceId: WorkspaceId, messageIds: readonly string[]): Promise<void> {
    for (const id of messageIds) {
      try {
        const message = await this.messages.find(workspaceId, id);
        const isOpen = message?.status === 'sending' || message?.code === 'OUTCOME_UNKNOWN';
        if (message && isOpen) await this.settleByBook(message);
      } catch (error) {
        this.logger.error({ err: error, messageId: id }, 'An unknown outcome could not be looked at');
      }
    }
  }

  /** While it counts as being handed over. */
  private async settle(message: Message, match: SentMessage): Promise<string | null> {
    const way = onItsWay(message, message.attempts.at(-1)!);
    const now = this.clock.now();
    if (!match.error) return this.outcomes.found(way, match, now);
    const { error, externalId } = match;
    await this.outcomes.refusedInBook(way, { error, externalId }, now);
    return error.code;
  }

  /** After it was given up for unknown. */
  private async reopen(message: Message, { externalId, at, error }: SentMessage): Promise<string | null> {
    const resolution: Resolution = error
      ? error.notOnChannel
        ? { as: 'not_sent', isOnChannel: false }
        : { as: 'refused', code: error.code }
      : { as: 'sent', at, externalId };
    const written = await this.transactions.run((transaction) => this.write(message, resolution, transaction));
    return written && resolution.as;
  }

  /** After it was given up for unknown, it is proven that the provider took it. */
  async reopenAsSent(message: Message, at: Date, externalId: string): Promise<boolean> {
    const sentAs = (id: string | null) =>
      this.transactions.run((transaction) => this.write(message, { as: 'sent', at, externalId: id }, transaction));
    try {
      return (await sentAs(externalId)) !== null;
    } catch (error) {
      if (!(error instanceof ExternalIdTaken)) throw error;
      return (await sentAs(null)) !== null;
    }
  }

  private async write(message: Message, resolution: Resolution, transaction: Transaction): Promise<Message | null> {
    const resolved = transitions.resolveUnknown(message, resolution, this.clock.now());
    if (!(await this.messages.settle(resolved.message, message, null, transaction))) return null;
    if (resolution.as !== 'sent') await this.outcomes.giveBack(onItsWay(message, message.attempts.at(-1)!), transaction);
    if (resolved.ending)
      await this.domainEvents.publish(new MessagesEnded([{ message: resolved.message, ending: resolved.ending }]), transaction);
    if (resolution.as === 'not_sent') await this.domainEvents.publish(new MessagesReady(message.workspaceId), transaction);
    return resolved.message;
  }
}

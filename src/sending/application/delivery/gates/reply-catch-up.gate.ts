import { Injectable } from '@nestjs/common';
import { formsOf } from '#libs/contact-methods';
import { isUsable, type Line, Lines, LinesService } from '../../../../lines';
import { type Attempt, lostAttempt, mayHaveArrived, type Message, Messages } from '../../../../messages';
import { Clock } from '../../../../platform/clock';
import { AccountReader, READ_INTERVAL_MS, Replies } from '../../../../replies';
import { endWith, type GateResult, PASS, requeue } from '../../../domain/gate';
import { SendContext } from '../../../domain/send-context';
import { isUnhealthyForLong } from '../../recovery/line-reassignment';
import type { Send } from '../send';
import type { Gate } from './gate';

/**
 * An account that cannot be read is asked for again after this; while its line is away, after half the time
 * that it has been away.
 */
const UNREADABLE_WAIT_MS = 15_000;
const MAX_UNREADABLE_WAIT_MS = 30 * 60_000;
/** So much of a step's wait a reading may be old. */
const FRESH_PART_OF_WAIT = 0.1;

/**
 * Did the person answer without anybody telling us? Before a follow-up, the account of each line that wrote
 * in this enrollment has been read a moment ago; so it has before a message that goes once more. What is
 * found stops the message as any reply does.
 */
@Injectable()
export class ReplyCatchUpGate implements Gate {
  readonly name = 'reply catch-up';

  constructor(
    private readonly messages: Messages,
    private readonly lines: Lines,
    private readonly linesService: LinesService,
    private readonly accountReader: AccountReader,
    private readonly replies: Replies,
    private readonly sendContext: SendContext,
    private readonly clock: Clock,
  ) {}

  async check(send: Send): Promise<GateResult> {
    const { message } = send;
    // An account is read from its first message on.
    await this.accountReader.use(send.know('line'));
    const before = await this.handedOverBefore(message);
    send.learn({ isFollowUp: before.length > 0 });
    const lost = lostAttempt(message);
    if (before.length === 0 && !lost) {
      send.learn({ repliesUnread: false });
      return PASS;
    }
    const now = this.clock.now();
    const attempts = [...before.flatMap((one) => one.attempts), ...(lost ? [lost] : [])];
    const lineIds = [...new Set(attempts.map(({ lineId }) => lineId))];
    const lines = await this.lines.findMany(message.workspaceId, lineIds);
    const readable = lines.filter((line) => this.isWaitedFor(line, send, now));
    const since = new Date(now.getTime() - freshFor(message, before));
    for (const line of readable) {
      if (await this.accountReader.isReadSince(line, since)) continue;
      // Where the line itself is away, it is asked from now on, and no message is looked at for that.
      if (isUsable(line)) await this.linesService.examine(line);
      return requeue(readableFrom(line, this.clock.now()), { held: { reason: 'reading_account', detail: null } });
    }
    send.learn({ repliesUnread: readable.length < lineIds.length });
    return lost && (await this.hasAnswered(message, lost))
      ? endWith(message, { status: 'cancelled', reason: 'replied' }, this.clock.now())
      : this.stillWanted(send);
  }

  /** Whoever has written since needs no message once more that did not arrive. */
  private hasAnswered({ workspaceId }: Message, { address, startedAt }: Attempt): Promise<boolean> {
    return this.replies.hasComeSince(workspaceId, formsOf(address), startedAt);
  }

  /** What was read may have changed what the campaign says. */
  private async stillWanted(send: Send): Promise<GateResult> {
    const decision = await this.sendContext.decide(send.message, send.know('lead'), send.know('workspace'));
    if (decision.kind === 'stop') {
      return endWith(send.message, { status: 'cancelled', reason: decision.reason }, this.clock.now());
    }
    return decision.kind === 'paused' ? requeue(null) : PASS;
  }

  /** The steps before of which something was, or may have been, handed over. */
  private async handedOverBefore({ workspaceId, enrollmentId, stepIndex }: Message): Promise<Message[]> {
    if (!enrollmentId || !stepIndex) return [];
    const all = await this.messages.ofEnrollments(workspaceId, [enrollmentId]);
    return all.filter((one) => one.stepIndex! < stepIndex && one.attempts.some(mayHaveArrived));
  }

  private isWaitedFor(line: Line, send: Send, now: Date): boolean {
    const { lineIds } = send.know('policy');
    const isOnCampaign = lineIds.length === 0 || lineIds.includes(line.id);
    return line.isActive && isOnCampaign && !isUnhealthyForLong(line, now);
  }
}

/** When it is worthwhile to look again. */
function readableFrom({ health: { unhealthySince } }: Line, now: Date): Date {
  const half = unhealthySince ? (now.getTime() - unhealthySince.getTime()) / 2 : 0;
  return new Date(now.getTime() + Math.min(MAX_UNREADABLE_WAIT_MS, Math.max(UNREADABLE_WAIT_MS, half)));
}

/** How old a reading may be, in milliseconds: a tenth of the step's wait, a minute at most. */
function freshFor({ dueAt }: Message, before: readonly Message[]): number {
  if (before.length === 0) return READ_INTERVAL_MS;
  const last = Math.max(...before.map(({ sentAt, attempts }) => (sentAt ?? attempts.at(-1)!.startedAt).getTime()));
  const wait = Math.max(0, (dueAt?.getTime() ?? last) - last);
  return Math.min(READ_INTERVAL_MS, wait * FRESH_PART_OF_WAIT);
}

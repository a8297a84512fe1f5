import { Injectable } from '@nestjs/common';
import { type Attempt, type Claim, type Message, Messages } from '../../../../messages';
import { Clock, utcDay, utcHour } from '../../../../platform/clock';
import { Config } from '../../../../platform/config';
import { type GateResult, PASS, requeue } from '../../../domain/gate';
import { insist } from '../insist';
import { overdueAt } from '../overdue-at';
import type { Send } from '../send';
import type { Gate } from './gate';
import { openUntil, restricted } from './restricted';

/**
 * The last look: the window, and the hour and day of the reservation, as they are now. Then the attempt is
 * written with the change to `sending`, in one compare-and-set that a stop makes fail.
 */
@Injectable()
export class StartGate implements Gate {
  readonly name = 'start';

  constructor(
    private readonly messages: Messages,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async check(send: Send): Promise<GateResult> {
    const now = this.clock.now();
    const recipient = { channel: send.know('channel'), address: send.know('address') };
    const at = { now, config: this.config };
    const closed = restricted(send, recipient, at);
    if (closed) return closed;
    const { day, hour } = send.know('reservation');
    if (day !== utcDay(now) || hour !== utcHour(now)) return requeue(null);
    const attempt = this.attemptOf(send, now);
    const claim = { token: send.token, until: overdueAt(now, this.config) };
    const message = { ...send.message, repliesUnread: send.know('repliesUnread') };
    if (!(await this.start(message, attempt, claim))) return { kind: 'end', transition: null };
    send.learn({ attempt, allowedUntil: openUntil(send, recipient, at) });
    return PASS;
  }

  /** Where the store did not say whether it wrote the start, it is asked: nobody else can have this token. */
  private start(message: Message, attempt: Attempt, claim: Claim): Promise<boolean> {
    let isUnsure = false;
    const write = async () => {
      const wasUnsure = isUnsure;
      isUnsure = true;
      if (await this.messages.startSending(message, attempt, claim)) return true;
      if (!wasUnsure) return false;
      const present = await this.messages.find(message.workspaceId, message.id);
      return present?.status === 'sending' && present.claim?.token === attempt.token;
    };
    return insist(write, this.config.CLAIM_LEASE_SECONDS * 1_000);
  }

  private attemptOf(send: Send, now: Date): Attempt {
    const { message, token } = send;
    const { text, subject, thread } = send.know('said');
    return {
      token,
      lineId: send.know('line').id,
      channel: send.know('channel'),
      address: send.know('address'),
      text,
      subject,
      thread,
      withFiles: send.know('files').length > 0,
      attachment: send.know('file')?.name ?? null,
      providerId: `tuco-${message.id}-${message.attempts.length + 1}-${token.slice(0, 8)}`,
      reservation: send.know('reservation'),
      startedAt: now,
      endedAt: null,
      outcome: 'open',
      code: null,
      providerMessage: null,
      externalId: null,
    };
  }
}

import { Injectable } from '@nestjs/common';
import { Channels } from '../../../../channels';
import { addressesOfMessage, isBegun } from '../../../../messages';
import { Clock } from '../../../../platform/clock';
import { Config } from '../../../../platform/config';
import type { Verdict } from '../../../../suppressions';
import { endWith, type GateResult, PASS, requeue } from '../../../domain/gate';
import type { Send } from '../send';
import type { Gate } from './gate';

/**
 * A decision ends the wait of the person's messages. Others that it held, as at an address that somebody
 * shares, are looked at again after half the time that the review has taken by then.
 */
const REVIEW_WAIT_MS = 15 * 60_000;
const MAX_REVIEW_WAIT_MS = 12 * 3_600_000;

/**
 * Does the person want to be written to? An address that is listed for itself alone is passed over by the
 * gate *address*; where nothing is left but addresses of somebody who opted out, the message is cancelled.
 * An answer of the product's own goes to whoever wrote.
 */
@Injectable()
export class SuppressionGate implements Gate {
  readonly name = 'suppression';

  constructor(
    private readonly channels: Channels,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async check(send: Send): Promise<GateResult> {
    const { message } = send;
    const lead = send.know('lead');
    const judge = await send.know('judging');
    if (!judge) {
      send.learn({ verdictOn: () => null, judgedBy: [] });
      return PASS;
    }
    const verdictOn = (channel: string, address: string) => judge.verdict({ address, channel, leadId: lead.id });
    send.learn({ verdictOn, judgedBy: judge.addresses });
    const now = this.clock.now();
    const open = this.openAddresses(send).map((address) => verdictOn(message.channel, address));
    if (open.length === 0 || open.some((verdict) => verdict === null)) return PASS;
    const verdicts = open as Verdict[];
    if (verdicts.some(({ kind }) => kind === 'person'))
      return endWith(message, { status: 'cancelled', reason: 'opted_out' }, now);
    const review = verdicts.find(({ kind }) => kind === 'review')?.suppression;
    if (!review) return PASS;
    const held = { reason: 'review', detail: review.text } as const;
    const half = (now.getTime() - review.createdAt.getTime()) / 2;
    const wait = Math.min(MAX_REVIEW_WAIT_MS, Math.max(REVIEW_WAIT_MS, half));
    return requeue(new Date(now.getTime() + wait), { held });
  }

  /** The addresses of the message's channel that have not been tried in vain. */
  private openAddresses(send: Send): string[] {
    const { message } = send;
    const { channel } = message;
    // What was begun goes on to the same address, or nowhere.
    if (isBegun(message)) return [message.address!];
    const { addresses, excluded } = send.know('policy');
    const reach = { name: channel, reaches: this.channels.reachOf(channel) };
    const choice = { addresses, ttlHours: this.config.AVAILABILITY_TTL_HOURS, now: this.clock.now() };
    return addressesOfMessage(message, send.know('lead'), reach, choice).filter(
      (address) => !excluded.includes(address) && !message.tried.includes(`${channel} ${address}`),
    );
  }
}

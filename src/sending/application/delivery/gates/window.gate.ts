import { Injectable } from '@nestjs/common';
import { Channels } from '../../../../channels';
import { addressesOfMessage } from '../../../../messages';
import { Clock } from '../../../../platform/clock';
import { Config } from '../../../../platform/config';
import { allowedFrom } from '../../../domain/allowed-moment';
import { endWith, type GateResult, PASS, requeue } from '../../../domain/gate';
import { restrictionsFor } from '../../../domain/restrictions';
import type { Send } from '../send';
import type { Gate } from './gate';

export const NO_ALLOWED_TIME = {
  status: 'failed',
  code: 'NO_ALLOWED_TIME',
  errorMessage: 'The send window and the quiet hours leave no time in the next 8 days',
} as const;

/**
 * Is its send window open, and not about to close? And do the quiet hours of the person's place allow it? The
 * gate *start* asks again, for the address that it goes to.
 */
@Injectable()
export class WindowGate implements Gate {
  readonly name = 'window';

  constructor(
    private readonly channels: Channels,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async check(send: Send): Promise<GateResult> {
    const now = this.clock.now();
    const { message } = send;
    const lead = send.know('lead');
    const recipient = { channel: message.channel, address: message.address ?? this.likelyAddress(send), lead };
    const allowed = allowedFrom(
      now,
      restrictionsFor(recipient, {
        window: send.know('policy').window,
        quietHours: send.know('workspace')?.quietHours ?? 'off',
        edgeSeconds: this.config.SEND_EDGE_SECONDS,
      }),
    );
    if (!allowed) return endWith(message, NO_ALLOWED_TIME, now);
    if (allowed.at <= now) return PASS;
    return requeue(allowed.at, allowed.rule === null ? {} : { held: { reason: 'quiet_hours', detail: allowed.rule } });
  }

  /** Where it will go unless that turns out not to work. */
  private likelyAddress(send: Send): string | null {
    const { message } = send;
    const reach = { name: message.channel, reaches: this.channels.reachOf(message.channel) };
    const { addresses } = send.know('policy');
    const choice = { addresses, ttlHours: this.config.AVAILABILITY_TTL_HOURS, now: this.clock.now() };
    const possible = addressesOfMessage(message, send.know('lead'), reach, choice);
    return possible.find((address) => address === message.preferredAddress) ?? possible[0] ?? null;
  }
}

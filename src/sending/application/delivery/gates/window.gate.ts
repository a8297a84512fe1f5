import { Injectable } from '@nestjs/common';
import { Channels } from '../../../../channels';
import { addressesOfMessage } from '../../../../messages';
import { Clock } from '../../../../platform/clock';
import { Config } from '../../../../platform/config';
import { type GateResult, PASS } from '../../../domain/gate';
import type { Send } from '../send';
import type { Gate } from './gate';
import { restricted } from './restricted';

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
    const { channel, address } = send.message;
    const recipient = { channel, address: address ?? this.likelyAddress(send) };
    return restricted(send, recipient, { now: this.clock.now(), config: this.config }) ?? PASS;
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

import { Injectable } from '@nestjs/common';
import { Channels } from '../../../../channels';
import { addressesOfMessage, type EndReason, isBegun } from '../../../../messages';
import { Clock } from '../../../../platform/clock';
import { Config } from '../../../../platform/config';
import { endWith, type GateResult, PASS, requeue } from '../../../domain/gate';
import type { Send } from '../send';
import type { Gate } from './gate';

/**
 * Which address, on the message's channel or on the next that its campaign allows? What was begun goes on to
 * the same one.
 */
@Injectable()
export class AddressGate implements Gate {
  readonly name = 'address';

  constructor(
    private readonly channels: Channels,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async check(send: Send): Promise<GateResult> {
    const { message } = send;
    if (isBegun(message)) {
      send.learn({ channel: message.channel, address: message.address! });
      return PASS;
    }
    const order = [message.channel, ...send.know('policy').fallback];
    for (const channel of order.slice(Math.max(0, order.lastIndexOf(message.channel)))) {
      const address = this.addressOn(channel, send);
      if (!address) continue;
      // Another channel goes out from other lines.
      if (channel !== message.channel) return requeue(null, { channel, lineId: null });
      send.learn({ channel, address });
      return PASS;
    }
    return endWith(message, this.whyNone(send), this.clock.now());
  }

  private whyNone(send: Send): EndReason {
    const { message } = send;
    const { channel } = message;
    // Also one that was tried, and turned out to be bad for good.
    const isListed = this.allOn(channel, send).some((address) => send.know('verdictOn')(channel, address) !== null);
    if (isListed) {
      return { status: 'failed', code: 'BAD_ADDRESS', errorMessage: `No address of the lead may be used on ${channel}` };
    }
    return message.tried.length > 0
      ? { status: 'fallback', code: 'NOT_ON_CHANNEL', errorMessage: `The recipient is not on ${channel}` }
      : { status: 'failed', code: 'NO_ADDRESS', errorMessage: `The lead has no address for ${channel}` };
  }

  private addressOn(channel: string, send: Send): string | undefined {
    const { message } = send;
    const possible = this.addressesOn(channel, send).filter((address) => send.know('verdictOn')(channel, address) === null);
    // Where the step before arrived, while the lead has it.
    return possible.find((address) => address === message.preferredAddress) ?? possible[0];
  }

  /** Those that have not been tried in vain. */
  private addressesOn(channel: string, send: Send): string[] {
    const { tried } = send.message;
    return this.allOn(channel, send).filter((address) => !tried.includes(`${channel} ${address}`));
  }

  private allOn(channel: string, send: Send): string[] {
    const { message } = send;
    const reach = { name: channel, reaches: this.channels.reachOf(channel) };
    const choice = {
      addresses: send.know('policy').addresses,
      ttlHours: this.config.AVAILABILITY_TTL_HOURS,
      now: this.clock.now(),
    };
    const addresses = addressesOfMessage(message, send.know('lead'), reach, choice);
    const { excluded } = send.know('policy');
    return addresses.filter((address) => !excluded.includes(address));
  }
}

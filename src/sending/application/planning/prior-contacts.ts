import { Injectable } from '@nestjs/common';
import { Channels } from '../../../channels';
import { Leads } from '../../../leads';
import type { Line } from '../../../lines';
import { addressesOfMessage, DIRECT, type Message } from '../../../messages';
import { Clock, TtlCache } from '../../../platform/clock';
import { Config } from '../../../platform/config';
import { RecipientClaims, recipientKeys } from '../../domain/recipient-claims';

/**
 * While a line may touch nobody new: how often it looks for people it knows among those whom any line may
 * write to, in milliseconds.
 */
const STRANGERS_TTL_MS = 10 * 60_000;

/**
 * Whom a line has written to. Only they can be written to while the line is at its limit of first touches.
 */
@Injectable()
export class PriorContacts {
  /** By line and group: none of the group's messages for any line goes to somebody whom the line knows. */
  private readonly strangers: TtlCache<true>;

  constructor(
    private readonly recipientClaims: RecipientClaims,
    private readonly leads: Leads,
    private readonly channels: Channels,
    private readonly config: Config,
    clock: Clock,
  ) {
    this.strangers = new TtlCache(clock, STRANGERS_TTL_MS);
  }

  /** Of the messages, those to recipients whom the line has written to. */
  async among(line: Line, messages: readonly Message[], now: Date): Promise<Message[]> {
    if (messages.length === 0) return [];
    const ids = messages.flatMap(({ leadId }) => leadId ?? []);
    const leads = new Map((await this.leads.findMany(line.workspaceId, ids)).map((lead) => [lead.id, lead]));
    const choice = { addresses: 'all', ttlHours: this.config.AVAILABILITY_TTL_HOURS, now } as const;
    const keysOf = (message: Message) => {
      const lead = leads.get(message.leadId ?? '');
      const reach = { name: message.channel, reaches: this.channels.reachOf(message.channel) };
      const address = lead && addressesOfMessage(message, lead, reach, choice)[0];
      return address ? recipientKeys(address, message.leadId) : [];
    };
    const known = await this.recipientClaims.knownTo(line, messages.flatMap(keysOf));
    return messages.filter((message) => keysOf(message).some((key) => known.has(key)));
  }

  /**
   * May a message of the group, free to use any line, go to one of them? Direct sends are always looked at:
   * somebody may be waiting for them.
   */
  mayBeIn(line: Line, group: string): boolean {
    return group === DIRECT || !this.strangers.peek(`${line.id} ${group}`);
  }

  /** It was looked, and there is none: not looked again for ten minutes. */
  noneIn(line: Line, group: string, now: Date): void {
    this.strangers.set(`${line.id} ${group}`, true, now);
  }
}

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

/** Recipients of messages that may use any line, as their records are named, and when they were read. */
interface Strangers {
  keys: string[];
  readAt: Date;
}

/**
 * Whom a line has written to. Only they can be written to while the line is at its limit of first touches.
 */
@Injectable()
export class PriorContacts {
  /** By line and group: none of the group's messages for any line goes to somebody whom the line knows. */
  private readonly none: TtlCache<true>;
  /**
   * By group: to whom its oldest messages for any line go, none of whom some line knows. All lines of a
   * workspace ask for the same messages.
   */
  private readonly strangers: TtlCache<Strangers>;

  constructor(
    private readonly recipientClaims: RecipientClaims,
    private readonly leads: Leads,
    private readonly channels: Channels,
    private readonly config: Config,
    clock: Clock,
  ) {
    this.none = new TtlCache(clock, STRANGERS_TTL_MS);
    this.strangers = new TtlCache(clock, STRANGERS_TTL_MS);
  }

  /**
   * Of a group's messages, those to recipients whom the line has written to. Where none of `any`, messages
   * that may use any line, is one, they are not looked at again for ten minutes, and what is known of them
   * serves other lines.
   * @param any `null` where they were not read
   */
  async among(
    line: Line,
    group: string,
    { mine, any }: { mine: readonly Message[]; any: readonly Message[] | null },
    now: Date,
  ): Promise<Message[]> {
    const messages = [...mine, ...(any ?? [])];
    const keysOf = await this.keysOf(line, messages, now);
    const known = await this.recipientClaims.knownTo(line, messages.flatMap(keysOf));
    const isKnown = (message: Message) => keysOf(message).some((key) => known.has(key));
    if (any && !any.some(isKnown)) {
      this.strangers.set(nameOf(line, group), { keys: any.flatMap(keysOf), readAt: now }, now);
      this.none.set(`${line.id} ${group}`, true, now);
    }
    return messages.filter(isKnown);
  }

  /**
   * May a message of the group, free to use any line, go to one of them? Direct sends are always looked at:
   * somebody may be waiting for them.
   */
  async mayBeIn(line: Line, group: string): Promise<boolean> {
    if (group === DIRECT) return true;
    if (this.none.peek(`${line.id} ${group}`)) return false;
    const strangers = this.strangers.peek(nameOf(line, group));
    if (!strangers || (await this.recipientClaims.knownTo(line, strangers.keys)).size > 0) return true;
    this.none.set(`${line.id} ${group}`, true, strangers.readAt);
    return false;
  }

  /** What the records are called that a message's recipient has, by message. */
  private async keysOf(line: Line, messages: readonly Message[], now: Date): Promise<(message: Message) => string[]> {
    const ids = messages.flatMap(({ leadId }) => leadId ?? []);
    const leads = new Map((await this.leads.findMany(line.workspaceId, ids)).map((lead) => [lead.id, lead]));
    const choice = { addresses: 'all', ttlHours: this.config.AVAILABILITY_TTL_HOURS, now } as const;
    return (message) => {
      const lead = leads.get(message.leadId ?? '');
      const reach = { name: message.channel, reaches: this.channels.reachOf(message.channel) };
      const address = lead && addressesOfMessage(message, lead, reach, choice)[0];
      return address ? recipientKeys(address, message.leadId) : [];
    };
  }
}

const nameOf = ({ channel }: Line, group: string): string => `${channel} ${group}`;

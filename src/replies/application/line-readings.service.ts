import { Injectable } from '@nestjs/common';
import { Channels } from '../../channels';
import { accountKeyOf, type Line, type LineReading, LineReadings } from '../../lines';
import { Clock } from '../../platform/clock';
import { type AccountReading, AccountReadings, isDeaf } from '../domain/account-reading';

const UNREADABLE = 'The account could not be read at the last try: answers that nobody tells of are not found.';
const DEAF = 'The provider no longer tells of messages that come in, though they can be read.';

/** Says how lines' accounts have been read, for whoever looks at a line. */
@Injectable()
export class LineReadingsService extends LineReadings {
  constructor(
    private readonly accountReadings: AccountReadings,
    private readonly channels: Channels,
    private readonly clock: Clock,
  ) {
    super();
  }

  async of(lines: readonly Line[]): Promise<Map<string, LineReading>> {
    const readable = lines.filter(({ channel }) => this.channels.canPoll(channel));
    const readings = await this.accountReadings.findMany([...new Set(readable.map(accountKeyOf))]);
    const byKey = new Map(readings.map((reading) => [reading.key, reading]));
    return new Map(readable.map((line) => [line.id, this.readingOf(line, byKey.get(accountKeyOf(line)))] as const));
  }

  private readingOf({ channel }: Line, reading: AccountReading | undefined): LineReading {
    if (!reading) return { lastReadAt: null, isDeaf: false, words: null };
    const { readAt: lastReadAt, failedAt } = reading;
    if (isDeaf(reading, this.clock.now())) {
      return { lastReadAt, isDeaf: true, words: this.channels.of(channel).deafCure ?? DEAF };
    }
    return { lastReadAt, isDeaf: false, words: failedAt ? UNREADABLE : null };
  }
}

import type { InboundEvent, Reading } from '../domain/channel';
import type { TwilioAccount } from './account';
import { eventsOfOwn, replyOfRow } from './rows';
import { pageOf, type TwilioMessage, type TwilioPage } from './twilio.protocol';
import type { TwilioClient } from './twilio-client';

/** A way through the list, the newest first, that may take several readings. */
interface Walk {
  /** The query of the page to be read next. */
  page: string;
  /** What is older than that is not looked at, in ms since 1970. */
  from: number;
  begunAt: number;
}

/** Where the reading of an account's list of messages stands. */
interface Cursor {
  /** What was there before then has been read, in ms since 1970. */
  readTo: number;
  /** The way through what is new; `null`: it is at its end. */
  news: Walk | null;
  /** The last reading needed more than a page. */
  isBusy: boolean;
  /** The way through what has been read before; `null`: none is under way. */
  again: Walk | null;
  /** When such a way was last begun that is at its end. */
  readAgainAt: number;
}

/** Rows of a page: enough for what is new on most accounts, and the most that Twilio gives at once. */
const [PAGE_SIZE, LARGE_PAGE_SIZE] = [100, 1_000];
const firstPage = (size: number): string => `PageSize=${size}`;
/** So much is read again each time, in ms: clocks differ, and a list may show a text a little late. */
const OVERLAP_MS = 120_000;
/** What is older than `since` by no more than the clocks may differ is no older. */
const CLOCK_TOLERANCE_MS = 10_000;
/** After that, a reading begins with large pages. */
const LONG_AGO_MS = 600_000;
/** Messages of ours are looked at again this often, for so long: after that Twilio has given up on them. */
const AGAIN_EVERY_MS = 15 * 60_000;
const AGAIN_BACK_MS = 2 * 86_400_000;
/** A reading looks at so many pages of them: that makes sure that answers are not waited for long. */
const AGAIN_PAGES = 3;

/** A page that was not given, and whether asking for it again would help. */
class NoPage extends Error {
  constructor(readonly isRefused: boolean) {
    super('Twilio gave no page');
  }
}

/**
 * Reads an account's list of messages (https://www.twilio.com/docs/messaging/api/message-resource). The list
 * has the newest first, and a page goes on where the one before has ended, whatever has come since. It is not
 * asked for by `DateSent`: messages that were not sent yet, or never, have none.
 */
export class ListReader {
  constructor(
    private readonly client: TwilioClient,
    private readonly now: () => Date,
    /** For each page, in milliseconds. */
    private readonly within: number,
  ) {}

  /** @returns `null` when Twilio did not answer */
  async read(account: TwilioAccount, stored: object | null, since: Date): Promise<Reading | null> {
    const now = this.now().getTime();
    const cursor = cursorOf(stored) ?? beginning(since, now);
    const news = cursor.news ?? newsOf(cursor, now);
    const page = await this.page(account, news.page).catch((error: unknown) => asNoPage(error));
    if (page instanceof NoPage) {
      if (!page.isRefused) return null;
      // Where a page that was promised is not there any more, what is new is read from its beginning. Where
      // there is no list for the account's key, nobody waits for it: callbacks are all that there is.
      return { events: [], cursor: { ...cursor, news: null }, more: cursor.news !== null };
    }
    const oldest = since.getTime() - CLOCK_TOLERANCE_MS;
    const furthest = Math.max(now - AGAIN_BACK_MS, oldest);
    const events = eventsOf(page, { furthest, newsFrom: Math.max(news.from, oldest) }, new Date(now));
    if (!isAtEnd(page, news.from)) {
      return { events, cursor: { ...cursor, news: { ...news, page: page.next! }, isBusy: true }, more: true };
    }
    const isBusy = cursor.news !== null || page.messages.filter(isSince(news.from)).length > PAGE_SIZE;
    const read: Cursor = { ...cursor, readTo: news.begunAt, news: null, isBusy };
    if (cursor.news === null && isAtEnd(page, furthest)) {
      return { events, cursor: { ...read, again: null, readAgainAt: now }, more: false };
    }
    const again = await this.readAgain(account, read, { now, furthest });
    return { events: [...events, ...again.events], cursor: again.cursor, more: false };
  }

  /** What has become of messages since they were read first, a few pages at a time. */
  private async readAgain(
    account: TwilioAccount,
    cursor: Cursor,
    { now, furthest }: { now: number; furthest: number },
  ): Promise<{ events: InboundEvent[]; cursor: Cursor }> {
    const events: InboundEvent[] = [];
    // A clock that was set back is no reason to wait for it.
    const isDue = Math.abs(now - cursor.readAgainAt) >= AGAIN_EVERY_MS;
    let again = cursor.again ?? (isDue ? { page: firstPage(LARGE_PAGE_SIZE), from: furthest, begunAt: now } : null);
    for (let pages = 0; again !== null && pages < AGAIN_PAGES; pages += 1) {
      const page = await this.page(account, again.page).catch((error: unknown) => asNoPage(error));
      if (page instanceof NoPage) {
        if (page.isRefused) return { events, cursor: { ...cursor, again: null, readAgainAt: now } };
        break;
      }
      events.push(...page.messages.filter(isOwn).flatMap(eventsOfOwn).filter(isOfEnd));
      if (isAtEnd(page, again.from)) return { events, cursor: { ...cursor, again: null, readAgainAt: again.begunAt } };
      again = { ...again, page: page.next! };
    }
    return { events, cursor: { ...cursor, again } };
  }

  /** @throws NoPage */
  private async page(account: TwilioAccount, search: string): Promise<TwilioPage> {
    const query = Object.fromEntries(new URLSearchParams(search));
    const { status, json } = await this.client.call(account, { path: '/Messages.json', query, within: this.within });
    const page = status === 200 ? pageOf(json) : null;
    if (!page) throw new NoPage(status === 501 || (status >= 400 && status < 500 && ![401, 408, 429].includes(status)));
    return page;
  }
}

const asNoPage = (error: unknown): NoPage => (error instanceof NoPage ? error : new NoPage(false));

const isOwn = ({ direction }: TwilioMessage): boolean => direction === 'outbound-api';
/** That it is there is no news of a message that was read before. */
const isOfEnd = ({ kind }: InboundEvent): boolean => kind !== 'own-message';
const isSince =
  (from: number) =>
  ({ createdAt }: TwilioMessage): boolean =>
    (createdAt?.getTime() ?? 0) >= from;

/** Oldest first. Texts that came in come last: what they answer is known by then. */
function eventsOf({ messages }: TwilioPage, back: { furthest: number; newsFrom: number }, now: Date): InboundEvent[] {
  const oldestFirst = [...messages].reverse();
  const own = oldestFirst.filter((one) => isOwn(one) && isSince(back.furthest)(one));
  const inbound = oldestFirst.filter((one) => one.direction === 'inbound' && isSince(back.newsFrom)(one));
  return [...own.flatMap(eventsOfOwn), ...inbound.flatMap((message) => replyOfRow(message, now))];
}

/** A new account begins at the present end: what is older is no news. */
function beginning(since: Date, now: number): Cursor {
  return { readTo: since.getTime(), news: null, isBusy: false, again: null, readAgainAt: now };
}

function newsOf({ readTo, isBusy }: Cursor, now: number): Walk {
  const page = firstPage(isBusy || now - readTo > LONG_AGO_MS ? LARGE_PAGE_SIZE : PAGE_SIZE);
  return { page, from: Math.min(now, readTo) - OVERLAP_MS, begunAt: now };
}

/** Does the list go no further than the page, or is the rest older? */
function isAtEnd({ messages, next }: TwilioPage, from: number): boolean {
  const oldest = messages.at(-1)?.createdAt?.getTime();
  return next === null || (oldest !== undefined && oldest < from);
}

function cursorOf(stored: object | null): Cursor | null {
  const cursor = (stored ?? {}) as Partial<Cursor>;
  return typeof cursor.readTo === 'number' && typeof cursor.readAgainAt === 'number' ? (cursor as Cursor) : null;
}

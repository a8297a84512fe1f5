import { createHash } from 'node:crypto';

export type Status =
  'accepted' | 'queued' | 'sending' | 'sent' | 'delivered' | 'undelivered' | 'failed' | 'receiving' | 'received' | 'read';

/** A message as the simulator keeps it. */
export interface SimulatedMessage {
  sid: string;
  account: string;
  direction: 'outbound-api' | 'inbound';
  to: string;
  /** `null` while a service has not chosen it. */
  from: string | null;
  service: string | null;
  body: string;
  media: string[];
  segments: number;
  status: Status;
  error: number | null;
  createdAt: number;
  sentAt: number | null;
  updatedAt: number;
  /** Where its statuses are reported. */
  callback: string | null;
}

/** As Twilio writes dates: `Mon, 30 Nov 2026 11:08:32 +0000`. */
const rfc2822 = (at: number): string => new Date(at).toUTCString().replace('GMT', '+0000');

/** A message as the API shows it. */
export function messageBody(message: SimulatedMessage): object {
  const { sid, account, direction, to, from, service, body, media, segments, status, error } = message;
  const uri = `/2010-04-01/Accounts/${account}/Messages/${sid}.json`;
  return {
    account_sid: account,
    api_version: '2010-04-01',
    body,
    date_created: rfc2822(message.createdAt),
    date_sent: message.sentAt === null ? null : rfc2822(message.sentAt),
    date_updated: rfc2822(message.updatedAt),
    direction,
    error_code: error,
    error_message: null,
    from,
    messaging_service_sid: service,
    num_media: String(media.length),
    // A service counts when it has chosen the sender.
    num_segments: from === null ? '0' : String(segments),
    price: null,
    price_unit: 'USD',
    sid,
    status,
    subresource_uris: { media: uri.replace('.json', '/Media.json') },
    to,
    uri,
  };
}

export interface ListQuery {
  to: string | null;
  from: string | null;
  /** Sent on that day or later, in ms since 1970; messages that were not sent yet are not among them. */
  sentFrom: number | null;
  sentUntil: number | null;
  pageSize: number;
  /** Its number, which whoever asks counts; where it begins, the token alone says. */
  page: number;
  /** `PA` and the message behind which the page begins, `PB` and the one before which it ends. */
  token: string | null;
  /** What is asked for, as it stands in the URLs of other pages. */
  asked: URLSearchParams;
}

/**
 * Messages of an account, the newest first, as the API lists them. A page goes on behind a message, whatever
 * has come since.
 * @returns `null` where the token names none of them
 */
export function listBody(account: string, all: readonly SimulatedMessage[], query: ListQuery): object | null {
  const { page, pageSize } = query;
  const found = [...all].reverse().filter((one) => one.account === account && isAskedFor(one, query));
  const start = startOf(found, query);
  if (start === null) return null;
  const shown = found.slice(start, start + pageSize);
  const [first, last] = [shown[0], shown.at(-1)];
  const uriOf = (number: number, token: string | null) => pageUri(account, query, { number, token });
  return {
    first_page_uri: uriOf(0, null),
    next_page_uri: last && found.length > start + pageSize ? uriOf(page + 1, `PA${last.sid}`) : null,
    previous_page_uri: first && start > 0 ? uriOf(Math.max(0, page - 1), `PB${first.sid}`) : null,
    uri: uriOf(page, query.token),
    page,
    page_size: pageSize,
    start: page * pageSize,
    end: page * pageSize + Math.max(0, shown.length - 1),
    messages: shown.map(messageBody),
  };
}

const isAskedFor = ({ to, from, sentAt }: SimulatedMessage, query: ListQuery): boolean =>
  (query.to === null || to === query.to) &&
  (query.from === null || from === query.from) &&
  (query.sentFrom === null || (sentAt !== null && sentAt >= query.sentFrom)) &&
  (query.sentUntil === null || (sentAt !== null && sentAt <= query.sentUntil));

/** Where the page begins. @returns `null` where its token names no message */
function startOf(found: readonly SimulatedMessage[], { token, pageSize }: ListQuery): number | null {
  if (token === null) return 0;
  const place = found.findIndex(({ sid }) => sid === token.slice(2));
  if (place < 0) return null;
  return token.startsWith('PA') ? place + 1 : Math.max(0, place - pageSize);
}

function pageUri(account: string, { asked, pageSize }: ListQuery, at: { number: number; token: string | null }): string {
  const search = new URLSearchParams(asked);
  search.set('PageSize', String(pageSize));
  search.set('Page', String(at.number));
  search.delete('PageToken');
  if (at.token !== null) search.set('PageToken', at.token);
  return `/2010-04-01/Accounts/${account}/Messages.json?${search.toString()}`;
}

/** The files of a message, as the API lists them. */
export function mediaBody({ sid: parent, account, media, createdAt }: SimulatedMessage): object {
  const uri = `/2010-04-01/Accounts/${account}/Messages/${parent}/Media`;
  const date = rfc2822(createdAt);
  const list = media.map((_, index) => {
    const sid = mediaSid(parent, index);
    const more = { content_type: 'image/jpeg', date_created: date, date_updated: date };
    return { account_sid: account, parent_sid: parent, sid, ...more, uri: `${uri}/${sid}.json` };
  });
  const pages = { first_page_uri: `${uri}.json?PageSize=50&Page=0`, next_page_uri: null, previous_page_uri: null };
  const numbers = { page: 0, page_size: 50, start: 0, end: Math.max(0, list.length - 1) };
  return { media_list: list, ...pages, ...numbers, uri: `${uri}.json` };
}

/** Where a file of the message lies. @returns `null`: it has no such file */
export const mediaUrl = ({ sid, media }: SimulatedMessage, fileSid: string): string | null =>
  media.find((_, index) => mediaSid(sid, index) === fileSid) ?? null;

const mediaSid = (parent: string, index: number): string => `ME${createHash('md5').update(`${parent} ${index}`).digest('hex')}`;

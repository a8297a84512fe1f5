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
  page: number;
  pageSize: number;
  /** What is asked for, as it stands in the URLs of other pages. */
  asked: URLSearchParams;
}

/** Messages of an account, the newest first, as the API lists them. */
export function listBody(account: string, all: readonly SimulatedMessage[], query: ListQuery): object {
  const { to, from, sentFrom, sentUntil, page, pageSize, asked } = query;
  const found = [...all]
    .reverse()
    .filter(
      (one) =>
        one.account === account &&
        (to === null || one.to === to) &&
        (from === null || one.from === from) &&
        (sentFrom === null || (one.sentAt !== null && one.sentAt >= sentFrom)) &&
        (sentUntil === null || (one.sentAt !== null && one.sentAt <= sentUntil)),
    );
  const shown = found.slice(page * pageSize, (page + 1) * pageSize);
  const uriOf = (number: number) => {
    const search = new URLSearchParams(asked);
    search.set('PageSize', String(pageSize));
    search.set('Page', String(number));
    return `/2010-04-01/Accounts/${account}/Messages.json?${search.toString()}`;
  };
  return {
    first_page_uri: uriOf(0),
    next_page_uri: found.length > (page + 1) * pageSize ? uriOf(page + 1) : null,
    previous_page_uri: page > 0 ? uriOf(page - 1) : null,
    uri: uriOf(page),
    page,
    page_size: pageSize,
    start: page * pageSize,
    end: page * pageSize + Math.max(0, shown.length - 1),
    messages: shown.map(messageBody),
  };
}

import { randomUUID } from 'node:crypto';
import type { Account } from './accounts';
import type { Controls } from './controls';
import type { Ledger } from './ledger';
import type { SimulatedMessage, Status } from './messages';
import { signatureOf } from './signing';

/** Twilio gives up waiting for an answer after so many milliseconds. */
const ANSWER_WITHIN_MS = 15_000;
const WRONG_TYPE = 12300;
const NO_CONTENT = 11200;

export type Fields = Record<string, string>;

/** What is reported about a status of a message. */
export function statusFields(message: SimulatedMessage, status: Status): Fields {
  const { sid, account, to, from, service, error } = message;
  const isFinal = status === 'undelivered' || status === 'failed';
  return {
    SmsSid: sid,
    SmsStatus: status,
    MessageStatus: status,
    To: to,
    MessageSid: sid,
    AccountSid: account,
    ...(from !== null && { From: from }),
    ApiVersion: '2010-04-01',
    ...(isFinal && error !== null && { ErrorCode: String(error) }),
    ...(service !== null && { MessagingServiceSid: service }),
  };
}

/** Calls whoever wants to be called. */
export class Callbacks {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly ending = new AbortController();

  constructor(
    private readonly ledger: Ledger,
    private readonly now: () => number,
  ) {}

  /** Does it later; nothing that waits keeps the process alive, and nothing is done after the end. */
  later(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work();
    }, ms);
    this.timers.add(timer);
  }

  /** Posts a form, signed, and writes down what was answered. */
  post(account: Account, url: string, about: { sid: string; status: string; fields: Fields }): Promise<number | null> {
    const call = this.exchange(account, url, about);
    this.underWay.add(call);
    void call.finally(() => this.underWay.delete(call));
    return call;
  }

  private async exchange(
    { authToken, accountSid }: Account,
    url: string,
    { sid, status, fields }: { sid: string; status: string; fields: Fields },
  ): Promise<number | null> {
    const signal = AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), this.ending.signal]);
    const headers = {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'x-twilio-signature': signatureOf(authToken, url, fields),
      'i-twilio-idempotency-token': randomUUID(),
      'user-agent': 'TwilioProxy/1.1',
    };
    let answered: number | null = null;
    let warning: number | null = NO_CONTENT;
    try {
      const answer = await fetch(url, { method: 'POST', headers, body: new URLSearchParams(fields).toString(), signal });
      const content = await answer.text();
      answered = answer.status;
      warning = warningOf(answer, content, status);
    } catch {
      // Nobody answered: that is written down too.
    }
    this.ledger.append({ kind: 'callback', at: this.now(), account: accountSid, sid, status, url, answered, warning });
    return answered;
  }

  async stop(): Promise<void> {
    this.timers.forEach((timer) => clearTimeout(timer));
    this.ending.abort();
    await Promise.all(this.underWay);
  }
}

/** What Twilio's debugger says of an answer. */
function warningOf({ status, headers }: Response, content: string, about: string): number | null {
  if (status >= 400) return NO_CONTENT;
  if (about !== 'received' || status === 204) return null;
  if (content === '') return NO_CONTENT;
  return /^(text|application)\/xml\b/.test(headers.get('content-type') ?? '') ? null : WRONG_TYPE;
}

/** In which order, and how often, statuses are reported. */
export function reported<T>(statuses: readonly T[], how: Controls['callbacks']): T[] {
  if (how === 'lost') return [];
  if (how === 'reversed') return [...statuses].reverse();
  return how === 'twice' ? statuses.flatMap((one) => [one, one]) : [...statuses];
}

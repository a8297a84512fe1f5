import type { IncomingMessage } from 'node:http';
import { type Account, accountBody, callerOf } from './accounts';
import { type ApiError, errorBody } from './errors';
import { listBody, mediaBody, mediaUrl, messageBody, type SimulatedMessage } from './messages';
import type { Asked, World } from './world';

const MAX_TEXT = 1_600;
const MAX_MEDIA = 10;
const MAX_PAGE_SIZE = 1_000;
const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?Z)?$/;

export interface Answer {
  status: number;
  body: object | string;
  headers?: Record<string, string>;
}

/** Answers with an error of the API. */
export const failure = (error: ApiError): Answer => ({
  status: error.status,
  body: errorBody(error),
  ...(error.retryAfter !== undefined && { headers: { 'retry-after': String(error.retryAfter) } }),
});

const bad = (code: number, message: string): ApiError => ({ code, status: 400, message });
const NOT_FOUND = (path: string): ApiError => ({
  code: 20404,
  status: 404,
  message: `The requested resource ${path} was not found`,
});
const REFUSED: ApiError = { code: 20003, status: 401, message: 'Authenticate' };
export const TOO_MANY: ApiError = { code: 20429, status: 429, message: 'Too Many Requests', retryAfter: 1 };

/** A request to the API, its body read. */
export interface ApiRequest {
  method: string;
  /** Behind `/2010-04-01/Accounts/`. */
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
  authorization: string | undefined;
}

/** The calls of the API that there are. */
export class Api {
  private readonly counted = new Map<string, { second: number; count: number }>();

  constructor(private readonly world: World) {}

  /** Whose call it is, or why it may not be made. */
  authenticate({ path, authorization }: ApiRequest): Account | Answer {
    const sid = /^([^/.]+)/.exec(path)?.[1];
    const account = this.world.accounts.find(({ accountSid }) => accountSid === sid);
    const caller = account && callerOf(account, authorization);
    if (!account || !caller || account.status !== 'active') return failure(REFUSED);
    if (this.isTooFast(account)) return failure(TOO_MANY);
    // Only the account itself and main keys read accounts.
    return caller === 'standard' && path === `${account.accountSid}.json` ? failure(REFUSED) : account;
  }

  private isTooFast({ accountSid }: Account): boolean {
    const { requestsPerSecond } = this.world.controls;
    if (requestsPerSecond === null) return false;
    const second = Math.floor(this.world.now() / 1_000);
    const before = this.counted.get(accountSid);
    const count = before?.second === second ? before.count + 1 : 1;
    this.counted.set(accountSid, { second, count });
    return count > requestsPerSecond;
  }

  answer(account: Account, { method, path, query, form }: ApiRequest): Answer {
    const rest = path.slice(account.accountSid.length);
    if (method === 'GET' && rest === '.json') return { status: 200, body: accountBody(account) };
    if (method === 'POST' && rest === '/Messages.json') return this.create(account, form);
    if (method === 'GET' && rest === '/Messages.json') return this.list(account, query);
    const [, sid, behind = ''] = /^\/Messages\/([^/.]+)(.+)$/.exec(rest) ?? [];
    const message = this.world.messages.find((one) => one.sid === sid && one.account === account.accountSid);
    const answer = method === 'GET' && message ? ofMessage(message, behind) : null;
    return answer ?? failure(NOT_FOUND(`/2010-04-01/Accounts/${path}`));
  }

  private create(account: Account, form: URLSearchParams): Answer {
    const asked = askedOf(account, form);
    if ('code' in asked) {
      this.refused(account, form, asked);
      return failure(asked);
    }
    const created = this.world.create(account, asked);
    return 'code' in created ? failure(created) : { status: 201, body: messageBody(created) };
  }

  private refused({ accountSid }: Account, form: URLSearchParams, { code }: ApiError): void {
    const [to, from] = [form.get('To'), form.get('From')];
    this.world.ledger.append({ kind: 'refused', at: this.world.now(), account: accountSid, to, from, code });
  }

  private list(account: Account, query: URLSearchParams): Answer {
    const whole = (name: string, otherwise: number) =>
      /^\d{1,6}$/.test(query.get(name) ?? '') ? Number(query.get(name)) : otherwise;
    const day = 86_400_000;
    const dates = ['DateSent', 'DateSent>', 'DateSent<'].map((name) => query.get(name));
    if (dates.some((date) => date !== null && !DATE.test(date))) return failure(bad(20001, 'Invalid date value'));
    const [on, from, until] = dates.map((date) => (date === null ? null : Date.parse(date)));
    const body = listBody(account.accountSid, this.world.messages, {
      to: query.get('To'),
      from: query.get('From'),
      sentFrom: on ?? from ?? null,
      sentUntil: on ? on + day - 1 : (until ?? null),
      page: whole('Page', 0),
      pageSize: Math.min(MAX_PAGE_SIZE, whole('PageSize', 50)),
      token: query.get('PageToken'),
      asked: query,
    });
    if (body === null) return failure(bad(20001, 'Invalid PageToken'));
    this.world.listed.push({ account: account.accountSid, at: this.world.now(), query: query.toString() });
    return { status: 200, body };
  }
}

/** A message by itself, its files, or one of them: that lies elsewhere. */
function ofMessage(message: SimulatedMessage, behind: string): Answer | null {
  if (behind === '.json') return { status: 200, body: messageBody(message) };
  if (behind === '/Media.json') return { status: 200, body: mediaBody(message) };
  const file = /^\/Media\/(ME[0-9a-f]{32})$/.exec(behind)?.[1];
  const location = file === undefined ? null : mediaUrl(message, file);
  return location === null ? null : { status: 307, body: '', headers: { location } };
}

/** What is asked for. @returns why it cannot be taken */
function askedOf(account: Account, form: URLSearchParams): Asked | ApiError {
  const [to, from, body] = [form.get('To'), form.get('From'), form.get('Body') ?? ''];
  const [serviceSid, callback, media] = [form.get('MessagingServiceSid'), form.get('StatusCallback'), form.getAll('MediaUrl')];
  if (!to) return bad(21604, "A 'To' phone number is required.");
  if (!from && !serviceSid) return bad(21603, "A 'From' phone number is required.");
  if (!/^\+[1-9]\d{6,14}$/.test(to)) return bad(21211, `Invalid 'To' Phone Number: ${to}`);
  if (body === '' && media.length === 0) return bad(21602, 'Message body is required.');
  if (body.length > MAX_TEXT) return bad(21617, `The concatenated message body exceeds the ${MAX_TEXT} character limit`);
  if (media.length > MAX_MEDIA) return bad(21623, 'Number of media files exceeds allowed limit');
  if (media.some((url) => !URL.canParse(url))) return bad(21620, 'Invalid media URL(s)');
  if (callback && !isUsable(callback)) return bad(21609, `The 'StatusCallback' URL ${callback} is not a valid URL.`);
  const service = account.services.find(({ sid }) => sid === serviceSid) ?? null;
  if (serviceSid && !service) return bad(21701, 'The Messaging Service does not exist');
  if (service && service.numbers.length === 0) return bad(21703, 'The Messaging Service does not have a phone number available');
  if (from && !account.numbers.includes(from)) {
    return bad(21659, `'From' ${from} is not a Twilio phone number or Short Code country mismatch`);
  }
  if (from && service && !service.numbers.includes(from)) {
    return bad(21712, 'The Phone Number is not associated with the Messaging Service');
  }
  if (from === to) return bad(21266, "'To' and 'From' number cannot be the same");
  return { to, from: from || null, service, body, media, callback: callback || null };
}

/** Twilio takes no host with an underscore. */
function isUsable(callback: string): boolean {
  if (!URL.canParse(callback)) return false;
  const { protocol, hostname } = new URL(callback);
  return /^https?:$/.test(protocol) && !hostname.includes('_');
}

/** Far more than a message has. */
const MAX_BODY_BYTES = 256_000;

/** @throws Error where the body is too large */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) throw new Error('The body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

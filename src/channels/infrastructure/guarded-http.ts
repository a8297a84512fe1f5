import { lookup } from 'node:dns';
import { isIP } from 'node:net';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, buildConnector, type Dispatcher, type FormData, request } from 'undici';
import { Config } from '../../platform/config';
import { isPrivateAddress } from '../../platform/targets';
import { cutText, wellFormedLongJson } from '../../platform/texts';
import { tracedCall } from '../../platform/tracing';
import { DownloadRefused, Downloads, NeverConnected } from '../domain/downloads';
import type { PostAnswer, Posts } from '../domain/posts';
import { guardedLookup, inPrivateRange, whyNotConnected } from './guarded-lookup';

/** An answer that is longer is not read to its end. */
const MAX_ANSWER_BYTES = 4_000_000;

const TOO_LARGE = 'the file is too large';

class TooLong extends Error {}

export interface GuardedRequest {
  method: 'GET' | 'POST';
  url: URL;
  body?: object;
  /** In place of `body`: a multipart form. */
  form?: FormData;
  /** In place of `body`: the fields of a URL-encoded form. */
  fields?: readonly (readonly [name: string, value: string])[];
  headers?: Readonly<Record<string, string>>;
  /**
   * Calls with the same word, such as an account's id, share connections that stay open for a few seconds.
   * An exchange that breaks off because the other side has closed one is no proof that nothing was sent.
   */
  keepAlive?: string;
  /** For the whole exchange, in milliseconds. */
  within: number;
}

export interface GuardedAnswer {
  status: number;
  /** Parsed JSON, or `undefined` when the body is none. */
  json: unknown;
  /** The beginning of a body that is no JSON; empty when it is. */
  page: string;
  /** By lower-case name; of a header given several times, the first. */
  headers: Readonly<Record<string, string>>;
}

/** A file at a provider, whose server may ask for a login and then name another place. */
export interface ProviderFile {
  url: URL;
  /** For the first server alone: what it names as another place gets none of them. */
  headers?: Readonly<Record<string, string>>;
  within: number;
  maxBytes: number;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MAX_REDIRECTS = 3;

/** So much of the answer to a post is read, in bytes. */
const MAX_BEGINNING_BYTES = 1_024;

/** So much of a page is looked at, in characters. */
const MAX_PAGE = 20_000;

/**
 * To one host at a time. Far more than devices have turns, so that no send ever waits for one; a bridge that
 * hangs ties up no more.
 */
const MAX_CONNECTIONS_PER_HOST = 64;

/** An open connection that nobody uses is closed sooner than a provider would close it. */
const IDLE_CONNECTION_MS = 4_000;
/** Whatever the provider asks for. */
const KEPT_SHORTLY = { keepAliveTimeout: IDLE_CONNECTION_MS, keepAliveMaxTimeout: IDLE_CONNECTION_MS };
/**
 * More than a worker has sends under way: one that waits for a connection cannot tell that nothing was sent.
 */
const MOST_KEPT_CONNECTIONS = 1_000;
/** So many words of `keepAlive` have connections of their own; the oldest gives its own up for another. */
const MAX_KEPT_AGENTS = 500;

const FORM = 'application/x-www-form-urlencoded;charset=UTF-8';

/**
 * The one way to call a URL that a tenant gave. The resolved address is checked when connecting, so that a
 * name cannot change its answer in between; redirects are not followed; certificates are verified. Unless it
 * asks for one that is kept, every call has a connection of its own.
 */
@Injectable()
export class GuardedHttp extends Downloads implements Posts, OnApplicationShutdown {
  private readonly agent: Agent;
  /** Whose connections are kept, the one used longest ago first. */
  private readonly kept = new Map<string, Agent>();

  /** Looks a name up: every address that it has. */
  protected readonly resolve: typeof lookup = lookup;

  constructor(private readonly config: Config) {
    super();
    this.agent = this.agentOf({ pipelining: 0 });
  }

  private agentOf(options: Agent.Options): Agent {
    const { config } = this;
    const connect = buildConnector({ timeout: config.PROVIDER_CONNECT_SECONDS * 1_000, lookup: this.lookup });
    return new Agent({
      connections: MAX_CONNECTIONS_PER_HOST,
      ...options,
      connect: (options, callback) => {
        if (isIP(options.hostname.replace(/^\[|\]$/g, '')) && !this.allowed(options.hostname)) {
          callback(inPrivateRange(), null);
          return;
        }
        connect(options, (...[error, socket]) => {
          if (error) callback(new NeverConnected(whyNotConnected(error)), null);
          else callback(null, socket);
        });
      },
    });
  }

  /** @throws NeverConnected, or any other error when the exchange broke off after the connection was open */
  async send({ method, url, body, form, fields, headers, keepAlive, within }: GuardedRequest): Promise<GuardedAnswer> {
    const type = fields ? FORM : body && 'application/json';
    const answer = await this.request('provider', url, within, {
      method,
      headers: { accept: 'application/json', ...(type && { 'content-type': type }), ...headers },
      body: form ?? (fields ? new URLSearchParams(fields.map(([...field]) => field)).toString() : body && JSON.stringify(body)),
      ...(keepAlive !== undefined && { dispatcher: this.keptFor(keepAlive) }),
    });
    const content = await readAll(answer.body, MAX_ANSWER_BYTES);
    const json = await parsed(content);
    const page = json === undefined ? cutText(content.toString('utf8'), MAX_PAGE) : '';
    return { status: answer.statusCode, json, page, headers: firstOfEach(answer.headers) };
  }

  /**
   * Reads a file. It is given up at the byte that is one too many.
   * @throws NeverConnected, DownloadRefused, or any other error when the exchange broke off
   */
  override async download(
    url: URL,
    within: number,
    maxBytes: number,
    arrived?: (bytes: number) => void,
  ): Promise<Buffer<ArrayBuffer>> {
    return (await this.fileOf(await this.request('file', url, within, { method: 'GET' }), maxBytes, arrived)).bytes;
  }

  /**
   * Reads a file at a provider, with its type. @throws as `download`
   */
  async fetchFile({
    url,
    headers,
    within,
    maxBytes,
  }: ProviderFile): Promise<{ bytes: Buffer<ArrayBuffer>; type: string | null }> {
    const endsAt = Date.now() + within;
    let [next, given] = [url, headers];
    for (let turn = 0; turn <= MAX_REDIRECTS; turn += 1) {
      const left = Math.max(1, endsAt - Date.now());
      const answer = await this.request('file', next, left, { method: 'GET', headers: given });
      const place = [answer.headers.location].flat()[0];
      if (!REDIRECTS.has(answer.statusCode) || !place) return this.fileOf(answer, maxBytes);
      await answer.body.dump({ limit: 0 }).catch(() => undefined);
      if (!URL.canParse(place, next.href)) break;
      [next, given] = [new URL(place, next.href), undefined];
      if (!['https:', 'http:'].includes(next.protocol)) break;
    }
    throw new DownloadRefused("the file's server sends from place to place", { forGood: true });
  }

  private async fileOf(
    { statusCode, headers, body }: Dispatcher.ResponseData,
    maxBytes: number,
    arrived?: (bytes: number) => void,
  ): Promise<{ bytes: Buffer<ArrayBuffer>; type: string | null }> {
    const refuse = async (message: string, { forGood }: { forGood: boolean }) => {
      await body.dump({ limit: 0 }).catch(() => undefined);
      return new DownloadRefused(message, { forGood });
    };
    if (statusCode !== 200) {
      const forGood = statusCode < 500 && statusCode !== 408 && statusCode !== 429;
      throw await refuse(`the file's server answered ${statusCode}`, { forGood });
    }
    if (Number(headers['content-length'] ?? 0) > maxBytes) throw await refuse(TOO_LARGE, { forGood: true });
    try {
      return { bytes: await readAll(body, maxBytes, arrived), type: firstOfEach(headers)['content-type'] || null };
    } catch (error) {
      if (error instanceof TooLong) throw new DownloadRefused(TOO_LARGE, { forGood: true });
      throw error;
    }
  }

  async post(
    url: URL,
    { headers, body, within }: { headers: Record<string, string>; body: string; within: number },
  ): Promise<PostAnswer> {
    const answer = await this.request('webhook', url, within, { method: 'POST', headers, body });
    const beginning = await readBeginning(answer.body, MAX_BEGINNING_BYTES);
    return { status: answer.statusCode, headers: firstOfEach(answer.headers), beginning: beginning.toString('utf8') };
  }

  private request(
    purpose: 'provider' | 'file' | 'webhook',
    url: URL,
    within: number,
    options: { method: Dispatcher.HttpMethod; dispatcher?: Dispatcher } & Partial<Dispatcher.RequestOptions>,
  ): Promise<Dispatcher.ResponseData> {
    const signal = AbortSignal.timeout(within);
    const limits = { dispatcher: this.agent, signal, headersTimeout: within, bodyTimeout: within };
    return tracedCall(purpose, options.method, () => request(url, { ...limits, ...options }));
  }

  /** Where there are too many, what the oldest has under way is finished on its connections. */
  private keptFor(word: string): Agent {
    const agent = this.kept.get(word) ?? this.agentOf({ pipelining: 1, connections: MOST_KEPT_CONNECTIONS, ...KEPT_SHORTLY });
    this.kept.delete(word);
    this.kept.set(word, agent);
    if (this.kept.size > MAX_KEPT_AGENTS) {
      const [oldest, unused] = [...this.kept][0]!;
      this.kept.delete(oldest);
      void unused.close();
    }
    return agent;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.agent, ...this.kept.values()].map((agent) => agent.destroy()));
  }

  protected allowed(address: string): boolean {
    return this.config.ALLOW_PRIVATE_TARGETS || !isPrivateAddress(address);
  }

  private readonly lookup = guardedLookup(
    () => this.resolve,
    (address) => this.allowed(address),
  );
}

/** @throws TooLong as soon as there is more than `max` bytes */
async function readAll(
  body: AsyncIterable<Uint8Array>,
  max: number,
  arrived?: (bytes: number) => void,
): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > max) throw new TooLong();
    arrived?.(length);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What comes after the first `max` bytes is not waited for. */
async function readBeginning(body: AsyncIterable<Uint8Array>, max: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= max) break;
  }
  return Buffer.concat(chunks).subarray(0, max);
}

const firstOfEach = (headers: Dispatcher.ResponseData['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat()[0] ?? '']));

async function parsed(body: Buffer): Promise<unknown> {
  // What is kept of it, and told, is then the same.
  const text = await wellFormedLongJson(body.toString('utf8'));
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

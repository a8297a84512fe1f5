import type { FormData } from 'undici';
import { wordsOfBreak } from '../domain/broken-calls';
import type { ChannelLine } from '../domain/channel';
import { DownloadRefused, NeverConnected } from '../domain/downloads';
import type { MediaLimits, MediaOutcome } from '../domain/inbound-media';
import type { GuardedAnswer, GuardedHttp } from '../infrastructure/guarded-http';
import { type BridgeMessage, envelopeOf, messageOf } from './bluebubbles.protocol';

export interface BridgeRequest {
  method: 'GET' | 'POST';
  path: string;
  query?: Record<string, string>;
  body?: object;
  form?: FormData;
}

/** One condition of `message/query`, as the server hands it to its database. */
export interface Condition {
  statement: string;
  args: Record<string, unknown>;
}

export interface MessageQuery {
  where: Condition[];
  sort: 'ASC' | 'DESC';
  limit: number;
  /** Messages from then on, by the Mac's clock. */
  after?: Date;
}

/** Speaks to BlueBubbles servers. */
export class BridgeClient {
  /** @param answerWithin of a question that changes nothing, in milliseconds */
  constructor(
    private readonly guardedHttp: GuardedHttp,
    readonly answerWithin: number,
  ) {}

  /** @throws NeverConnected, or any other error when the exchange broke off after the connection was open */
  async call(line: ChannelLine, request: BridgeRequest, within = this.answerWithin): Promise<GuardedAnswer> {
    const { method, path, query, body, form } = request;
    return this.guardedHttp.send({ method, url: urlOf(line, path, query), within, body, form });
  }

  /** Fetches a file that came in, as the Mac has it or as something that others can show. */
  async file(line: ChannelLine, guid: string, limits: MediaLimits): Promise<MediaOutcome> {
    try {
      const url = urlOf(line, `attachment/${encodeURIComponent(guid)}/download`);
      return { kind: 'fetched', ...(await this.guardedHttp.fetchFile({ url, ...limits })) };
    } catch (error) {
      if (error instanceof DownloadRefused) return { kind: 'failed', message: error.message, forGood: error.forGood };
      return { kind: 'failed', message: wordsOfBreak(error, 'the bridge'), forGood: false };
    }
  }

  /**
   * Messages of all chats, whatever they are called; in the order of their dates.
   * @returns `null` when the bridge did not answer with messages
   */
  async messages(line: ChannelLine, { where, sort, limit, after }: MessageQuery): Promise<BridgeMessage[] | null> {
    const query = { with: ['chat', 'attachment', 'handle'], where, sort, limit, ...(after && { after: after.getTime() }) };
    return this.list(line, { method: 'POST', path: 'message/query', body: query });
  }

  /** The `data` of an answer as messages. @returns `null` when it has none */
  async list(line: ChannelLine, request: BridgeRequest): Promise<BridgeMessage[] | null> {
    try {
      const { status, json } = await this.call(line, request);
      const data = envelopeOf(json)?.data;
      if (status !== 200 || !Array.isArray(data)) return null;
      return data.map(messageOf).filter((message) => message !== null);
    } catch {
      return null;
    }
  }
}

/** @throws NeverConnected where the line has no bridge */
function urlOf({ bridgeUrl, bridgePassword }: ChannelLine, path: string, query: Record<string, string> = {}): URL {
  const base = `${bridgeUrl ?? ''}/api/v1/${path}`;
  if (!URL.canParse(base)) throw new NeverConnected('the line has no bridge');
  const url = new URL(base);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  url.searchParams.set('password', bridgePassword ?? '');
  return url;
}

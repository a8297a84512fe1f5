import type { FormData } from 'undici';
import type { ChannelLine } from '../domain/channel';
import { NeverConnected } from '../domain/downloads';
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
    const { method, path, query = {}, body, form } = request;
    const base = `${line.bridgeUrl ?? ''}/api/v1/${path}`;
    if (!URL.canParse(base)) throw new NeverConnected('the line has no bridge');
    const url = new URL(base);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    url.searchParams.set('password', line.bridgePassword ?? '');
    return this.guardedHttp.send({ method, url, within, body, form });
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

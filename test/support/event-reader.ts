import { request } from 'undici';

/** An event as a reader of Server-Sent Events dispatches it. */
export interface Dispatched {
  id: string;
  type: string;
  data: string;
}

/**
 * Reads a stream as https://html.spec.whatwg.org/multipage/server-sent-events.html says, and nothing else:
 * what is not in its grammar is an error here, where browsers are lenient.
 */
export class EventReader {
  readonly events: Dispatched[] = [];
  readonly comments: string[] = [];
  lastEventId = '';
  retry: number | null = null;
  isOver = false;
  private text = '';
  private block = { type: '', data: [] as string[] };

  private constructor(
    readonly headers: Record<string, string | string[] | undefined>,
    private readonly end: AbortController,
  ) {}

  /** Opens a stream. @throws where it is not one */
  static async open(url: string, key: string, lastEventId?: string): Promise<EventReader> {
    const end = new AbortController();
    const headers = { authorization: `Bearer ${key}`, ...(lastEventId && { 'last-event-id': lastEventId }) };
    const answer = await request(url, { headers, signal: end.signal, bodyTimeout: 0 });
    if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${await answer.body.text()}`);
    const reader = new EventReader(answer.headers, end);
    void reader.follow(answer.body).catch(() => undefined);
    return reader;
  }

  get data(): { id: string; event: string; leadId?: string }[] {
    return this.events.map(({ data }) => JSON.parse(data) as { id: string; event: string });
  }

  /** The reader goes away. */
  close(): void {
    this.end.abort();
  }

  private async follow(body: AsyncIterable<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    try {
      for await (const chunk of body) {
        this.text += decoder.decode(chunk, { stream: true });
        const lines = this.text.split('\n');
        this.text = lines.pop()!;
        for (const line of lines) this.line(line);
      }
    } finally {
      this.isOver = true;
    }
  }

  private line(line: string): void {
    if (line === '') return this.dispatch();
    if (line.startsWith(':')) return void this.comments.push(line.slice(1).trim());
    const [, field, value] = /^(id|event|data|retry): (.*)$/.exec(line) ?? [];
    if (field === 'id') this.lastEventId = value!;
    else if (field === 'event') this.block.type = value!;
    else if (field === 'data') this.block.data.push(value!);
    else if (field === 'retry' && /^\d+$/.test(value!)) this.retry = Number(value);
    else throw new Error(`Not a line of a stream: ${line}`);
  }

  private dispatch(): void {
    const { type, data } = this.block;
    this.block = { type: '', data: [] };
    if (data.length > 0) this.events.push({ id: this.lastEventId, type: type || 'message', data: data.join('\n') });
  }
}

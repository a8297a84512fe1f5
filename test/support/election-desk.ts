import { setTimeout as pause } from 'node:timers/promises';
import { FormData, request } from 'undici';
import { localSessionToken } from '../../src/auth/infrastructure/local-issuer';
import type { Cluster, LedgerSend } from './cluster';
import { eventually } from './eventually';
import type { Receiver } from './receiver';

const WORKSPACE = 'org_elections';
const LINES = 6;
const LIMIT = 1_000_000;
const GENEROUS = {
  dailyNewConversationsLimit: LIMIT,
  hourlyNewConversationsLimit: LIMIT,
  dailyTotalMessagesLimit: LIMIT,
};
/**
 * What a caller repeats, with the same key: the store has no primary, it did not say what became of a commit,
 * or the first call is still at work.
 */
const REPEATED = new Set(['STORE_UNAVAILABLE', 'OUTCOME_UNKNOWN', 'IDEMPOTENT_CALL_RUNNING']);

/** A write that was answered well. */
export interface Kept {
  email: string;
  /** When the call began that was answered well. */
  sentAt: number;
  at: number;
}

interface Answer {
  status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test says what it expects of it
  body: any;
}

interface OptOut {
  email: string;
  /** When the product was first seen to know of it. */
  heardAt: number | null;
}

interface ShownMessage {
  _id: string;
  code: string | null;
  message: string;
  recipientEmail: string;
}

/** What people and callers do while a replica set elects, and what came of it. */
export class ElectionDesk {
  readonly oddAnswers: string[] = [];
  refusals = 0;
  private readonly token: string;
  private readonly optOuts: OptOut[] = [];
  private callersList = '';
  private campaign = '';

  constructor(
    private readonly cluster: Cluster,
    private readonly receiver: Receiver,
  ) {
    this.token = localSessionToken(cluster.dataDirectory, WORKSPACE, new Date());
  }

  private async call(method: 'GET' | 'POST', path: string, body?: object | FormData, key?: string): Promise<Answer> {
    const isForm = body instanceof FormData;
    const answer = await request(`${this.cluster.apiUrl}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body && !isForm && { 'content-type': 'application/json' }),
        ...(key && { 'idempotency-key': key }),
      },
      body: isForm ? body : body && JSON.stringify(body),
    });
    return { status: answer.statusCode, body: await answer.body.json() };
  }

  /** Repeats the call, as the documentation says, until the store can be written to. */
  private async persist(method: 'GET' | 'POST', path: string, body?: object | FormData, key?: string): Promise<Answer['body']> {
    for (;;) {
      const from = Date.now();
      const answer = await this.call(method, path, body, key).catch((error: Error) => ({ status: 0, body: String(error) }));
      if (answer.status >= 200 && answer.status < 300) return answer.body;
      if (!REPEATED.has(answer.body?.code)) {
        this.oddAnswers.push(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)} after ${Date.now() - from} ms`);
      }
      this.refusals += 1;
      await pause(200);
    }
  }

  async furnish(leads: number): Promise<void> {
    await this.persist('POST', '/webhooks', { url: `${this.receiver.url}/told`, name: 'CRM', events: ['message.sent'] });
    for (let index = 0; index < LINES; index += 1) {
      const bridge = { bridgeUrl: this.cluster.bridgeUrl, bridgePassword: 'one', deviceId: `mac-${index}` };
      await this.persist('POST', '/lines', { phone: `+1202555018${index}`, ...bridge, ...GENEROUS });
    }
    this.callersList = (await this.persist('POST', '/lists', { name: 'Saved by callers' }))._id;
    const listId = (await this.persist('POST', '/lists', { name: 'Written to' }))._id as string;
    const people = Array.from({ length: leads }, (_, n) => ({ email: `person.x${n}y@example.com`, firstName: `N${n}` }));
    await this.persist('POST', '/leads', { leads: people, listId });
    const wait = (amount: number) => ({ amount, unit: 'seconds' });
    const steps = [
      { template: 'One for {firstName}', wait: wait(0) },
      { template: 'Two for {firstName}', wait: wait(20) },
    ];
    const settings = { contactGapSeconds: 0 };
    this.campaign = (await this.persist('POST', '/campaigns', { name: 'Elections', listId, steps, settings }))._id;
    await this.persist('POST', `/campaigns/${this.campaign}/launch`);
  }

  /** Somebody who has the first text answers STOP to it. The bridge tells of it once, whoever hears it. */
  async someoneSaysStop(turn: number): Promise<void> {
    const sends = await this.sends();
    const second = new Set(sends.filter(({ text }) => text.startsWith('Two')).map(({ address }) => address));
    const stopped = new Set(this.optOuts.map(({ email }) => email));
    const asked = sends.filter(({ address }) => !second.has(address) && !stopped.has(address));
    // Among those who will be written to soonest.
    const one = asked[Math.floor(turn) % Math.max(1, Math.min(20, asked.length))];
    if (!one) return;
    const optOut: OptOut = { email: one.address, heardAt: null };
    this.optOuts.push(optOut);
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ address: one.address, text: 'STOP' });
    await (await request(`${this.cluster.bridgeUrl}/reply`, { method: 'POST', headers, body })).body.dump();
    void this.listen(optOut);
  }

  private async listen(optOut: OptOut): Promise<void> {
    const path = `/suppressions?address=${encodeURIComponent(optOut.email)}`;
    await eventually(async () => {
      const { status, body } = await this.call('GET', path).catch(() => ({ status: 0, body: null }));
      return status === 200 && body.suppressions.length > 0;
    }, 240_000).then(
      () => (optOut.heardAt = Date.now()),
      () => undefined,
    );
  }

  /** Saves one lead after the other, each until it is answered well. */
  async keepSaving(caller: number, kept: Kept[], until: AbortSignal): Promise<void> {
    for (let n = 0; !until.aborted; n += 1) {
      const email = `caller${caller}.n${n}z@example.com`;
      const body = { leads: [{ email }], listId: this.callersList };
      for (let isKept = false; !isKept;) {
        const sentAt = Date.now();
        const answer = await this.call('POST', '/leads', body, email).catch((error: Error) => ({
          status: 0,
          body: String(error),
        }));
        isKept = answer.status === 201;
        if (isKept) kept.push({ email, sentAt, at: Date.now() });
        else if (!REPEATED.has(answer.body?.code)) this.oddAnswers.push(`${answer.status} ${JSON.stringify(answer.body)}`);
        if (!isKept) this.refusals += 1;
        await pause(isKept ? 20 : 100);
      }
    }
  }

  async savedByCallers(): Promise<number> {
    return (await this.persist('GET', `/leads/count?listId=${this.callersList}`)).count;
  }

  /** @returns the id of the import and how many rows it has */
  async startImport(rows: number, turn: number): Promise<{ id: string; rows: number }> {
    const lines = Array.from({ length: rows }, (_, row) => `import${turn}.r${row}z@example.org,Row ${row}`);
    const body = new FormData();
    body.set('file', new Blob([`email,firstName\n${lines.join('\n')}\n`]), 'people.csv');
    return { id: (await this.persist('POST', '/leads/imports', body)).importId, rows };
  }

  async allImported(imports: { id: string; rows: number }[]): Promise<void> {
    for (const { id, rows } of imports) {
      await eventually(async () => {
        const { state, saved, duplicates, error } = await this.persist('GET', `/leads/imports/${id}`);
        if (state === 'failed') throw new Error(`An import failed: ${error}`);
        return state === 'completed' && saved + (duplicates ?? 0) === rows;
      }, 300_000);
    }
  }

  async allSent(): Promise<void> {
    await eventually(async () => {
      const report = await this.persist('GET', `/campaigns/${this.campaign}/report`);
      await pause(1_000);
      return report.finished === true && report.total.scheduled + report.total.queued === report.heldUnknown && report;
    }, 420_000);
  }

  private async sends(): Promise<LedgerSend[]> {
    return (await this.cluster.ledger()).filter(({ outcome }) => outcome === 'sent');
  }

  private async messages(status: string): Promise<ShownMessage[]> {
    const all: ShownMessage[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const path = `/messages?campaignId=${this.campaign}&status=${status}&limit=200&cursor=${cursor}`;
      const body = await this.persist('GET', path);
      all.push(...(body.messages as ShownMessage[]));
      cursor = body.pagination.nextCursor as string | null;
    }
    return all;
  }

  /** Everything that must be empty, and what there was of it all. */
  async figures() {
    const [sends, delivered, sent, failed] = await Promise.all([
      this.sends(),
      this.messages('delivered'),
      this.messages('sent'),
      this.messages('failed'),
    ]);
    const recorded = [...sent, ...delivered];
    const unknown = failed.filter(({ code }) => code === 'OUTCOME_UNKNOWN');
    const keyOf = ({ recipientEmail, message }: ShownMessage) => `${recipientEmail} ${message}`;
    const keys = sends.map(({ address, text }) => `${address} ${text}`);
    const known = new Set([...recorded, ...unknown].map(keyOf));
    const book = new Set(keys);
    const told = () => new Set(this.receiver.book.map(({ body }) => body.messageId as string));
    const untold = () => recorded.filter(({ _id }) => !told().has(_id)).map(({ _id }) => _id);
    // One that failed once is tried again after five minutes at most.
    await eventually(() => Promise.resolve(untold().length === 0), 360_000).catch(() => undefined);
    const heard = this.optOuts.flatMap(({ email, heardAt }) => (heardAt ? [{ email, heardAt }] : []));
    return {
      sent: sends.length,
      unknown: unknown.length,
      optOuts: this.optOuts.length,
      webhooks: this.receiver.book.length,
      twice: keys.filter((key, index) => keys.indexOf(key) !== index),
      sentWithoutARecord: keys.filter((key) => !known.has(key)),
      recordedWithoutASend: recorded.map(keyOf).filter((key) => !book.has(key)),
      afterOptOut: sends.filter(({ address, at }) => heard.some(({ email, heardAt }) => email === address && at > heardAt)),
      unheardOptOuts: this.optOuts.filter(({ heardAt }) => heardAt === null),
      untold: untold(),
    };
  }
}

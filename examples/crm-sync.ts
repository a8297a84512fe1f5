import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type components, createTucoClient, type TucoClient, TucoError, verifyWebhook, type WebhookEvent } from '@tuco/client';

type Lead = components['schemas']['Lead'];
type Tombstone = components['schemas']['Tombstone'];

/** A contact, as a CRM keeps it. */
export interface Contact {
  /** The CRM's own id: whoever has it is the same person, whatever else changes. */
  id: string;
  firstName?: string | null;
  lastName?: string | null;
  phone?: string | null;
  email?: string | null;
}

/** What happened to people since the last look. */
export interface Changes {
  changed: Lead[];
  deleted: Tombstone[];
  /** Where the next look begins; keep it. */
  since: string;
}

/** `GET /leads` answers in two ways; this is the one by cursor. */
interface LeadPage {
  leads?: Lead[];
  deleted?: Tombstone[];
  pagination: { nextCursor: string | null };
}

/** A call takes ten thousand leads; a thousand at a time show progress. */
const CONTACTS_A_CALL = 1_000;

/**
 * Keeps a CRM and Tuco in step: contacts go in, changes come back, campaigns start, events arrive. All of
 * it is written from docs/openapi.json and @tuco/client alone, which also waits and repeats after 429.
 */
export class CrmSync {
  private constructor(
    private readonly tuco: TucoClient,
    readonly listId: string,
  ) {}

  /** Finds the CRM's list by its name, or makes it. */
  static async open(tuco: TucoClient, listName: string): Promise<CrmSync> {
    for (let page = 1; ; page += 1) {
      const { data } = await tuco.GET('/api/lists', { params: { query: { page, limit: 200 } } });
      const found = data!.lists.find(({ name }) => name === listName);
      if (found) return new CrmSync(tuco, found._id);
      if (data!.lists.length < 200) break;
    }
    const { data: made } = await tuco.POST('/api/lists', { body: { name: listName } });
    return new CrmSync(tuco, made!._id);
  }

  /**
   * Writes contacts: new ones are saved, known ones updated, by their `externalId`. What is invalid is passed
   * over.
   * @returns the ids of contacts that were not taken, with the reason
   */
  async push(contacts: readonly Contact[]): Promise<Map<string, string>> {
    const refused = new Map<string, string>();
    for (let at = 0; at < contacts.length; at += CONTACTS_A_CALL) {
      const slice = contacts.slice(at, at + CONTACTS_A_CALL);
      const leads = slice.map(({ id, ...rest }) => ({ ...rest, externalId: id }));
      const { data } = await this.tuco.POST('/api/leads', {
        body: { leads, listId: this.listId, source: 'crm', onDuplicate: 'update', onNull: 'clear', onInvalid: 'skip' },
      });
      for (const { index, message } of data!.invalid ?? []) refused.set(slice[index!]!.id, message);
    }
    return refused;
  }

  /** What changed and what was deleted since then, each person in their last state. */
  async pull(since: string): Promise<Changes> {
    const changed = new Map<string, Lead>();
    const deleted = new Map<string, Tombstone>();
    let last = since;
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await this.page(since, cursor);
      for (const lead of page.leads) changed.set(lead._id, lead);
      for (const tombstone of page.deleted) {
        changed.delete(tombstone._id);
        deleted.set(tombstone._id, tombstone);
      }
      const times = [...page.leads.map(({ updatedAt }) => updatedAt), ...page.deleted.map(({ deletedAt }) => deletedAt)];
      last = [last, ...times].sort().at(-1)!;
      cursor = page.nextCursor;
    }
    return { changed: [...changed.values()], deleted: [...deleted.values()], since: last };
  }

  private async page(updatedSince: string, cursor: string) {
    const query = { listId: this.listId, updatedSince, cursor };
    const { data } = await this.tuco.GET('/api/leads', { params: { query } });
    const { leads = [], deleted = [], pagination } = data as LeadPage;
    return { leads, deleted, nextCursor: pagination.nextCursor };
  }

  /** Launches a campaign. @returns false where its state forbids it, such as when it is archived */
  async launch(campaignId: string): Promise<boolean> {
    try {
      await this.tuco.POST('/api/campaigns/{id}/launch', { params: { path: { id: campaignId } }, body: {} });
      return true;
    } catch (error) {
      if (error instanceof TucoError && error.status === 409) return false;
      throw error;
    }
  }

  /** Subscribes an address to what the CRM wants to know. @returns the secret, shown this once */
  async subscribe(url: string): Promise<string> {
    const events = ['message.sent', 'message.reply', 'contact.opted_out', 'lead.updated'] as const;
    const { data } = await this.tuco.POST('/api/webhooks', { body: { url, name: 'CRM', events: [...events] } });
    return data!.secret;
  }
}

/**
 * A server that takes webhooks: it checks who they are from, answers at once, and does each event once, as
 * they are told at least once.
 * @param secretOf may be known only after the server has an address
 */
export function receive(secretOf: () => string, take: (event: WebhookEvent) => void): Server {
  const seen = new Set<string>();
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    try {
      const body = Buffer.concat(chunks).toString('utf8');
      const event = await verifyWebhook({ body, headers: request.headers }, { secret: secretOf() });
      if (!seen.has(event.id)) take(event);
      seen.add(event.id);
      response.writeHead(204).end();
    } catch {
      response.writeHead(401).end();
    }
  };
  return createServer((request, response) => void handle(request, response));
}

/** `TUCO_URL=… TUCO_KEY=… node crm-sync.js contacts.json [since]`: pushes contacts, says what changed. */
async function main(file: string, since = '1970-01-01T00:00:00Z'): Promise<void> {
  const tuco = createTucoClient({ baseUrl: process.env.TUCO_URL!, key: process.env.TUCO_KEY! });
  const sync = await CrmSync.open(tuco, 'CRM');
  const refused = await sync.push(JSON.parse(readFileSync(file, 'utf8')) as Contact[]);
  for (const [id, why] of refused) console.error(`${id} was not taken: ${why}`);
  const { changed, deleted, since: next } = await sync.pull(since);
  console.log(`${changed.length} changed, ${deleted.length} deleted; the next time, begin at ${next}`);
}

if (process.argv[1]?.includes('crm-sync')) void main(process.argv[2]!, process.argv[3]);

import { createReadStream, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse';
import { request } from 'undici';
import { localSessionToken } from '../auth/infrastructure/local-issuer';
import { LOCAL_WORKSPACE } from './local-settings';
import { readRunning } from './running';

const SAMPLE = resolve('test', 'fixtures', 'crm-hubspot-10k.csv');
const ROWS_A_CALL = 2_500;
const CHECKED = 6;
const ENROLLED = 40;
const WANTED_OUT = 6;
const GIVE_UP_MS = 5 * 60_000;

/** HubSpot's columns; all others become custom fields. */
const COLUMNS: Record<string, string> = {
  'First Name': 'firstName',
  'Last Name': 'lastName',
  Email: 'email',
  'Phone Number': 'phone',
  'Mobile Phone Number': 'altPhone1',
  'Company Name': 'companyName',
  'Job Title': 'jobTitle',
  Notes: 'notes',
};

interface Shown {
  _id: string;
  [field: string]: unknown;
}

if (existsSync('.env')) process.loadEnvFile('.env');
const dataDir = resolve(process.env.DATA_DIR || './data');
const running = readRunning(dataDir);
const api = `${running?.url ?? ''}/api`;
const say = (line: string) => process.stdout.write(`${line}\n`);
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/**
 * The demo a person can watch: a messy CRM export becomes messages. Everything goes over the HTTP API, as an
 * integrator would do it.
 */
async function main(): Promise<void> {
  const call = await connect();
  say('1. Importing a messy HubSpot export (10,000 rows), in calls of 2,500 …');
  const list = await call('POST', '/lists', { name: `HubSpot export ${new Date().toLocaleString('sv')}` });
  const leadIds = await importRows(call, list._id);

  say(`\n2. Is anybody on iMessage? Asking about ${CHECKED} of them (a device may be asked every 3 seconds) …`);
  for (const id of leadIds.slice(0, CHECKED)) {
    const lead = (await call('GET', `/leads/${id}`)) as Record<string, string | null>;
    const check = await call('GET', `/leads/check-availability?id=${id}`);
    const { status, reason } = check as Record<string, string | null>;
    say(
      `   ${(lead.firstName ?? '(no name)').padEnd(14)} ${String(lead.phone ?? lead.email).padEnd(34)} ${status}${reason ? ` (${reason})` : ''}`,
    );
  }

  say(`\n3. A campaign of three steps for ${ENROLLED} of them, with short waits …`);
  const campaign = await startCampaign(call, leadIds.slice(0, ENROLLED));
  await watch(call, campaign._id);
  await explain(call, campaign._id);
  say(
    `\nGo on watching: curl -s ${api}/campaigns/${campaign._id}/report -H "Authorization: Bearer $(npm run --silent session-token)"`,
  );
}

type Call = (method: 'GET' | 'POST', path: string, body?: object) => Promise<Shown>;

async function connect(): Promise<Call> {
  if (!running)
    throw new Error(`No server runs on ${dataDir}. Run "npm start" first; if it uses another folder, set DATA_DIR here too.`);
  const token = localSessionToken(dataDir, LOCAL_WORKSPACE, new Date());
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const call: Call = async (method, path, body) => {
    for (;;) {
      const answer = await request(`${api}${path}`, { method, headers, body: body && JSON.stringify(body) });
      const json = (await answer.body.json()) as Shown;
      if (answer.statusCode < 400) return json;
      const retryAfter = Number(answer.headers['retry-after']);
      if (answer.statusCode !== 429 || !(retryAfter < 60))
        throw new Error(`${method} ${path}: ${answer.statusCode} ${String(json.error)}`);
      await pause(retryAfter * 1_000);
    }
  };
  await call('GET', '/lists').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ECONNREFUSED' ? new Error(`Nothing answers at ${api} yet; try again in a moment`) : error;
  });
  return call;
}

async function importRows(call: Call, listId: string): Promise<string[]> {
  const rows: object[] = [];
  for await (const record of createReadStream(SAMPLE).pipe(
    parse({ columns: true, bom: true, relax_quotes: true, relax_column_count: true }),
  )) {
    const row = record as Record<string, string>;
    if (Object.values(row).some((cell) => cell.trim() !== '')) rows.push(leadOf(row));
  }
  const leadIds: string[] = [];
  const sums = { savedCount: 0, duplicateCount: 0, invalidCount: 0 };
  for (let start = 0; start < rows.length; start += ROWS_A_CALL) {
    const leads = rows.slice(start, start + ROWS_A_CALL);
    const answer = await call('POST', '/leads', { leads, listId, source: 'hubspot', onInvalid: 'skip' });
    for (const count of ['savedCount', 'duplicateCount', 'invalidCount'] as const) sums[count] += Number(answer[count] ?? 0);
    leadIds.push(...(answer.leadIds as (string | null)[]).filter((id) => id !== null));
    say(
      `   ${start + leads.length} of ${rows.length} rows: ${sums.savedCount} saved, ${sums.duplicateCount} duplicates, ${sums.invalidCount} invalid`,
    );
  }
  return [...new Set(leadIds)];
}

function leadOf(row: Record<string, string>): object {
  const lead: Record<string, unknown> = {};
  const customFields: [string, string][] = [];
  for (const [column, cell] of Object.entries(row)) {
    const field = COLUMNS[column];
    if (field) lead[field] = cell;
    else if (cell.trim() !== '') customFields.push([column, cell]);
  }
  return { ...lead, customFields: Object.fromEntries(customFields) };
}

async function startCampaign(call: Call, leadIds: readonly string[]): Promise<Shown> {
  const list = await call('POST', '/lists', { name: `Demo audience ${new Date().toLocaleString('sv')}` });
  const step = (template: string, seconds: number) => ({ template, wait: { amount: seconds, unit: 'seconds' } });
  const steps = [
    step('Hi {firstName|there}, {line_name} here. Quick question about {companyName|your team}?', 0),
    step('Just making sure you saw this, {firstName|friend}.', 20),
    step('Last one from me, {firstName|friend}. Have a good one!', 40),
  ];
  const campaign = await call('POST', '/campaigns', {
    name: 'Demo',
    listId: list._id,
    steps,
    settings: { contactGapSeconds: 5 },
  });
  await call('POST', `/campaigns/${campaign._id}/launch`);
  for (const leadId of leadIds) await call('POST', `/campaigns/${campaign._id}/leads`, { leadId });
  return campaign;
}

async function watch(call: Call, campaignId: string): Promise<void> {
  const giveUpAt = Date.now() + GIVE_UP_MS;
  const seen = new Set<string>();
  let last = '';
  while (Date.now() < giveUpAt) {
    const { total } = (await call('GET', `/campaigns/${campaignId}/report`)) as unknown as { total: Record<string, number> };
    for (const status of ['delivered', 'sent']) {
      const { messages } = (await call('GET', `/messages?campaignId=${campaignId}&status=${status}&limit=50`)) as unknown as {
        messages: Shown[];
      };
      for (const message of messages.reverse().filter(({ _id }) => !seen.has(_id))) {
        seen.add(message._id);
        say(`   to ${String(message.recipientPhone ?? message.recipientEmail)}: ${String(message.message)}`);
      }
    }
    const line = Object.entries(total)
      .filter(([, n]) => n > 0)
      .map(([status, n]) => `${n} ${status}`)
      .join(', ');
    if (line !== last) say(`   [${line}]`);
    last = line;
    if (seen.size >= WANTED_OUT) return;
    await pause(1_000);
  }
}

async function explain(call: Call, campaignId: string): Promise<void> {
  say('\n4. What the next messages are waiting for:');
  for (const status of ['queued', 'scheduled']) {
    const { messages } = (await call('GET', `/messages?campaignId=${campaignId}&status=${status}&limit=5`)) as unknown as {
      messages: Shown[];
    };
    for (const { stepIndex, leadId, waitingFor } of messages) {
      const { words, until } = (waitingFor ?? {}) as { words?: string; until?: string | null };
      say(
        `   step ${Number(stepIndex) + 1} for lead ${String(leadId)}: ${words ?? 'going out now'}${until ? `, until ${until}` : ''}`,
      );
    }
  }
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});

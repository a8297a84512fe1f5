import { createReadStream, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type components, createTucoClient, type TucoClient, TucoError } from '@tuco/client';
import { parse } from 'csv-parse';
import { localSessionToken } from '../auth/infrastructure/local-issuer';
import { showMail } from './demo-mail';
import { LOCAL_WORKSPACE } from './local-settings';
import { readRunning } from './running';

const SAMPLE = resolve('test', 'fixtures', 'crm-hubspot-10k.csv');
const ROWS_A_CALL = 2_500;
const CHECKED = 6;
const ENROLLED = 40;
const WANTED_OUT = 6;
/** A check waits for its device more often than other calls wait for anything. */
const RETRIES = 20;
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

type GivenLead = components['schemas']['GivenLead'];

if (existsSync('.env')) process.loadEnvFile('.env');
const dataDir = resolve(process.env.DATA_DIR || './data');
const running = readRunning(dataDir);
const url = running?.url ?? '';
const say = (line: string) => process.stdout.write(`${line}\n`);
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/**
 * The demo a person can watch: a messy CRM export becomes messages. Everything goes over the HTTP API, by the
 * client that integrators use.
 */
async function main(): Promise<void> {
  const tuco = await connect();
  say('1. Importing a messy HubSpot export (10,000 rows), in calls of 2,500 …');
  const leadIds = await importRows(tuco, await newList(tuco, 'HubSpot export'));

  say(`\n2. Is anybody on iMessage? Asking about ${CHECKED} of them (a device may be asked every 3 seconds) …`);
  for (const id of leadIds.slice(0, CHECKED)) {
    const { data: lead } = await tuco.GET('/api/leads/{id}', { params: { path: { id } } });
    const { data: check } = await tuco.GET('/api/leads/check-availability', { params: { query: { id } } });
    const { firstName, phone, email } = lead!;
    const { status, reason } = check!;
    say(
      `   ${(firstName ?? '(no name)').padEnd(14)} ${String(phone ?? email).padEnd(34)} ${status}${reason ? ` (${reason})` : ''}`,
    );
  }

  say(`\n3. A campaign of three steps for ${ENROLLED} of them, with short waits; who is not on iMessage gets a text …`);
  const campaignId = await startCampaign(tuco, leadIds.slice(0, ENROLLED));
  await watch(tuco, campaignId);
  await explain(tuco, campaignId);
  if (running?.mail) {
    say('\n5. A campaign by e-mail for two people …');
    await showMail(tuco, { mailUrl: running.mail, say });
  }
  say(
    `\nGo on watching: curl -s ${url}/api/campaigns/${campaignId}/report -H "Authorization: Bearer $(npm run --silent session-token)"`,
  );
}

async function connect(): Promise<TucoClient> {
  if (!running)
    throw new Error(`No server runs on ${dataDir}. Run "npm start" first; if it uses another folder, set DATA_DIR here too.`);
  const who = { baseUrl: url, key: localSessionToken(dataDir, LOCAL_WORKSPACE, new Date()) };
  await createTucoClient({ ...who, retries: 0 })
    .GET('/api/lists')
    .catch((error: unknown) => {
      const isAway = error instanceof TucoError && error.code === 'NO_ANSWER';
      throw isAway ? new Error(`Nothing answers at ${url}/api yet; try again in a moment`) : error;
    });
  return createTucoClient({ ...who, retries: RETRIES });
}

async function newList(tuco: TucoClient, name: string): Promise<string> {
  const { data } = await tuco.POST('/api/lists', { body: { name: `${name} ${new Date().toLocaleString('sv')}` } });
  return data!._id;
}

async function importRows(tuco: TucoClient, listId: string): Promise<string[]> {
  const rows: GivenLead[] = [];
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
    const { data: answer } = await tuco.POST('/api/leads', { body: { leads, listId, source: 'hubspot', onInvalid: 'skip' } });
    for (const count of ['savedCount', 'duplicateCount', 'invalidCount'] as const) sums[count] += answer![count] ?? 0;
    leadIds.push(...answer!.leadIds.filter((id) => id !== null));
    say(
      `   ${start + leads.length} of ${rows.length} rows: ${sums.savedCount} saved, ${sums.duplicateCount} duplicates, ${sums.invalidCount} invalid`,
    );
  }
  return [...new Set(leadIds)];
}

function leadOf(row: Record<string, string>): GivenLead {
  const lead: Record<string, unknown> = {};
  const customFields: [string, string][] = [];
  for (const [column, cell] of Object.entries(row)) {
    const field = COLUMNS[column];
    if (field) lead[field] = cell;
    else if (cell.trim() !== '') customFields.push([column, cell]);
  }
  return { ...lead, customFields: Object.fromEntries(customFields) };
}

async function startCampaign(tuco: TucoClient, leadIds: readonly string[]): Promise<string> {
  const listId = await newList(tuco, 'Demo audience');
  const step = (template: string, seconds: number) => ({ template, wait: { amount: seconds, unit: 'seconds' as const } });
  const steps = [
    step('Hi {firstName|there}, {line_name} here. Quick question about {companyName|your team}?', 0),
    step('Just making sure you saw this, {firstName|friend}.', 20),
    step('Last one from me, {firstName|friend}. Have a good one!', 40),
  ];
  const { data: campaign } = await tuco.POST('/api/campaigns', {
    body: { name: 'Demo', listId, steps, settings: { contactGapSeconds: 5, fallback: { sms: true } } },
  });
  const params = { path: { id: campaign!._id } };
  await tuco.POST('/api/campaigns/{id}/launch', { params });
  // Nobody of the sample is surely without iMessage; at the simulated bridge, she is.
  await tuco.POST('/api/campaigns/{id}/leads', { params, body: { lead: { firstName: 'Nora', phone: '+12025550112' } } });
  for (const leadId of leadIds) await tuco.POST('/api/campaigns/{id}/leads', { params, body: { leadId } });
  return campaign!._id;
}

async function watch(tuco: TucoClient, campaignId: string): Promise<void> {
  const giveUpAt = Date.now() + GIVE_UP_MS;
  const seen = new Set<string>();
  let last = '';
  while (Date.now() < giveUpAt) {
    const { data: report } = await tuco.GET('/api/campaigns/{id}/report', { params: { path: { id: campaignId } } });
    for (const status of ['delivered', 'sent'] as const) {
      const { data } = await tuco.GET('/api/messages', { params: { query: { campaignId, status: [status], limit: 50 } } });
      for (const message of data!.messages.reverse().filter(({ _id }) => !seen.has(_id))) {
        seen.add(message._id);
        const by = message.messageType === 'sms' ? ' by SMS' : '';
        say(`   to ${String(message.recipientPhone ?? message.recipientEmail)}${by}: ${String(message.message)}`);
      }
    }
    const line = Object.entries(report!.total)
      .filter(([, n]) => n > 0)
      .map(([status, n]) => `${n} ${status}`)
      .join(', ');
    if (line !== last) say(`   [${line}]`);
    last = line;
    if (seen.size >= WANTED_OUT) return;
    await pause(1_000);
  }
}

async function explain(tuco: TucoClient, campaignId: string): Promise<void> {
  say('\n4. What the next messages are waiting for:');
  for (const status of ['queued', 'scheduled'] as const) {
    const { data } = await tuco.GET('/api/messages', { params: { query: { campaignId, status: [status], limit: 5 } } });
    for (const { stepIndex, leadId, waitingFor } of data!.messages) {
      const { words = 'going out now', until = null } = waitingFor ?? {};
      say(`   step ${Number(stepIndex) + 1} for lead ${String(leadId)}: ${words}${until ? `, until ${until}` : ''}`);
    }
  }
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});

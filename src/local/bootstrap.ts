import type { INestApplication } from '@nestjs/common';
import { request } from 'undici';
import { type Account, AccountInbox, AccountsService } from '../accounts';
import { ApiKeysService, Workspaces } from '../auth';
import { type Line, LinesService } from '../lines';
import { type WorkspaceId, workspaceId } from '../platform/ids';
import { LOCAL_BRIDGES, LOCAL_MAIL, LOCAL_TWILIO, LOCAL_WORKSPACE, type StoresReady } from './local-settings';

const EVENTS = ['new-message', 'updated-message', 'message-send-error', 'hello-world'];
const ALL_LINES = { page: 1, limit: 200 };
const JSON_TYPE = { 'content-type': 'application/json' };

/**
 * What a local installation has from its first start: a workspace, a key, two lines on the simulated bridge,
 * one on the simulated Twilio, and one on the simulated mail server. Later starts only point them at where
 * these listen now.
 * @returns the key, when it was made now: it is not shown again
 */
export async function bootstrap(
  app: INestApplication,
  { bridge, twilio, mail }: Pick<StoresReady, 'bridge' | 'twilio' | 'mail'>,
  wantedKey: string | undefined,
): Promise<string | null> {
  const workspace = workspaceId(LOCAL_WORKSPACE);
  await app.get(Workspaces).findOrCreate(workspace, 'Local workspace', new Date());
  const key = await keyOf(app.get(ApiKeysService), workspace, wantedKey);
  const lines = app.get(LinesService);
  const known = (await lines.list(workspace, ALL_LINES)).items;
  const isFirstStart = known.length === 0;
  for (const { password, ...fields } of LOCAL_BRIDGES) {
    let line: Line | undefined = known.find(({ deviceId }) => deviceId === fields.deviceId);
    if (line && line.bridgeUrl !== bridge) {
      line = await lines.change(workspace, line.id, { bridgeUrl: bridge, bridgePassword: password });
    }
    if (!line && isFirstStart)
      line = await lines.create(workspace, { ...fields, channel: 'imessage', bridgeUrl: bridge, bridgePassword: password });
    if (line) await register(bridge, password, lines.inboundUrl(line)!);
  }
  await textLine(app, twilio, isFirstStart);
  await mailLine(app, mail, isFirstStart);
  return key;
}

async function textLine(app: INestApplication, apiUrl: string, isFirstStart: boolean): Promise<void> {
  const workspace = workspaceId(LOCAL_WORKSPACE);
  const accounts = app.get(AccountsService);
  const { accountSid, authToken, line } = LOCAL_TWILIO;
  const fields = { settings: { accountSid, apiUrl }, secrets: { authToken } };
  const known = (await accounts.list(workspace, ALL_LINES)).items.find(({ settings }) => settings.accountSid === accountSid);
  let account: Account | undefined = known;
  if (known && known.settings.apiUrl !== apiUrl) account = await accounts.change(workspace, known.id, fields);
  if (!known && isFirstStart) {
    const made = await accounts.create(workspace, 'sms', { ...fields, name: 'Simulated Twilio' });
    await app.get(LinesService).create(workspace, { ...line, channel: 'sms', accountId: made.id });
    account = made;
  }
  if (!account) return;
  const body = JSON.stringify({ accountSid, url: app.get(AccountInbox).urlOf(account) });
  await (await request(`${apiUrl}/inbound-url`, { method: 'POST', body, headers: JSON_TYPE })).body.dump();
}

async function mailLine(
  app: INestApplication,
  { host, smtpPort, imapPort }: StoresReady['mail'],
  isFirstStart: boolean,
): Promise<void> {
  const workspace = workspaceId(LOCAL_WORKSPACE);
  const accounts = app.get(AccountsService);
  const { user, password, line } = LOCAL_MAIL;
  const servers = { smtpHost: host, smtpPort, smtpSecurity: 'none', imapHost: host, imapPort, imapSecurity: 'none' };
  const fields = { settings: { ...servers, smtpUser: user }, secrets: { smtpPassword: password } };
  const all = (await accounts.list(workspace, ALL_LINES)).items;
  const known = all.find(({ channel, settings }) => channel === 'email' && settings.smtpUser === user);
  const isElsewhere = known && (known.settings.smtpPort !== smtpPort || known.settings.imapPort !== imapPort);
  if (isElsewhere) await accounts.change(workspace, known.id, fields);
  if (known || !isFirstStart) return;
  const { id: accountId } = await accounts.create(workspace, 'email', { ...fields, name: 'Simulated mail server' });
  await app.get(LinesService).create(workspace, { ...line, channel: 'email', accountId });
}

async function keyOf(keys: ApiKeysService, workspace: WorkspaceId, wanted: string | undefined): Promise<string | null> {
  if (wanted) return (await keys.ensure(workspace, 'Bootstrap', wanted)) ? wanted : null;
  if ((await keys.list(workspace)).length > 0) return null;
  return (await keys.create(workspace, 'First key')).secret;
}

/** Makes the bridge call us, at this address alone. */
async function register(bridge: string, password: string, url: string): Promise<void> {
  const webhooks = `${bridge}/api/v1/webhook`;
  const query = { password };
  const answer = await request(webhooks, { query });
  const { data } = (await answer.body.json()) as { data: { id: number; url: string }[] };
  for (const { id } of data.filter((hook) => hook.url !== url && hook.url.includes('/api/inbound/'))) {
    await (await request(`${webhooks}/${id}`, { method: 'DELETE', query })).body.dump();
  }
  if (data.some((hook) => hook.url === url)) return;
  const body = JSON.stringify({ url, events: EVENTS });
  await (await request(webhooks, { method: 'POST', query, body, headers: JSON_TYPE })).body.dump();
}

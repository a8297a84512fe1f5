import type { INestApplication } from '@nestjs/common';
import { request } from 'undici';
import { ApiKeysService, Workspaces } from '../auth';
import { type Line, LinesService } from '../lines';
import { type WorkspaceId, workspaceId } from '../platform/ids';
import { LOCAL_BRIDGES, LOCAL_WORKSPACE } from './local-settings';

const EVENTS = ['new-message', 'updated-message', 'message-send-error', 'hello-world'];
const ALL_LINES = { page: 1, limit: 200 };

/**
 * What a local installation has from its first start: a workspace, a key, two lines on the simulated bridge.
 * Later starts only point the lines at where the bridge listens now.
 * @returns the key, when it was made now: it is not shown again
 */
export async function bootstrap(app: INestApplication, bridge: string, wantedKey: string | undefined): Promise<string | null> {
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
  return key;
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
  const headers = { 'content-type': 'application/json' };
  await (await request(webhooks, { method: 'POST', query, body, headers })).body.dump();
}

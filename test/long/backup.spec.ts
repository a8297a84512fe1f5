import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SendEntry } from '@tuco/bluebubbles-simulator';
import { clientOf } from '../../src/commands/connect';
import { CampaignDesk, NOW } from '../support/campaigns';
import { runScript } from '../support/commands-of-operators';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const PEOPLE = 30;
const LEADS_A_CALL = 50;

/** The drill: a backup of a product that works, restored elsewhere, where it goes on. */
describe('a backup', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tuco-backup-'));
  const client = clientOf(process.env.MONGODB_URI!);
  const made: string[] = [];
  let test: TestApp;
  let tenant: Tenant;

  const uriOf = (name: string) => {
    const uri = new URL(process.env.MONGODB_URI!);
    uri.pathname = `/${name}`;
    return uri.toString();
  };
  const newDatabase = () => {
    const name = `b${randomBytes(6).toString('hex')}`;
    made.push(name);
    return name;
  };
  const command = (name: string, args: string[], database: string) => runScript(name, args, { MONGODB_URI: uriOf(database) });

  beforeAll(async () => {
    test = await startTestApp();
    tenant = await test.tenant();
  });
  afterAll(async () => {
    await test.close();
    for (const name of made) await client.db(name).dropDatabase();
    await client.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('made under load is of one moment, and where it is restored, everybody gets what is left, once', async () => {
    await test.line(tenant);
    const desk = await new CampaignDesk(test, tenant).open();
    const people = Array.from({ length: PEOPLE }, (_, n) => `backup.x${10 + n}y@example.com`);
    await desk.leads(people.map((email) => ({ email })));
    // The process of the command below takes its time to start.
    test.simulator.control({ latencyMs: 300 });
    const campaign = await desk.launched([{ template: 'Hi', wait: NOW }]);
    await eventually(() => Promise.resolve(desk.arrived(...people).length >= 5));
    expect(await command('workspace-read-only', [tenant.id, 'on'], test.place.name)).toMatchObject({ code: 0 });
    await eventually(async () => (await tenant.post('/lists', { name: 'No' })).status === 402);
    await eventually(async () => (await desk.messages(campaign)).every(({ status }) => !['pending', 'sending'].includes(status)));
    test.simulator.control({ latencyMs: 0 });
    const before = desk.arrived(...people).length;
    expect(before).toBeLessThan(PEOPLE);

    // Somebody else saves leads all the while.
    const other = await test.tenant();
    const { body: list } = await other.post('/lists', { name: 'Load' }).expect(201);
    let [isOver, calls] = [false, 0];
    const load = (async () => {
      for (; !isOver; calls += 1) {
        const leads = Array.from({ length: LEADS_A_CALL }, (_, n) => ({ email: `l${calls}.${n}@example.com` }));
        await other.post('/leads', { leads, listId: list._id }).expect(201);
      }
    })();
    await eventually(() => Promise.resolve(calls >= 3));
    const place = join(folder, 'first');
    expect(await command('backup', [place], test.place.name)).toMatchObject({ code: 0, stderr: '' });
    const during = calls;
    await eventually(() => Promise.resolve(calls > during));
    isOver = true;
    await load;

    const target = newDatabase();
    const restored = await command('restore', [place], target);
    expect(restored).toMatchObject({ code: 0, stderr: '' });
    expect(restored.stdout).toContain('every count is that of the backup');
    const { counts } = JSON.parse(readFileSync(join(place, 'manifest.json'), 'utf8'));
    const leads = await client.db(target).collection('leads').countDocuments({ workspaceId: other.id });
    expect([counts.messages, leads % LEADS_A_CALL]).toEqual([PEOPLE, 0]);
    expect(leads).toBeGreaterThanOrEqual(3 * LEADS_A_CALL);
    expect(leads).toBeLessThan(calls * LEADS_A_CALL);

    const elsewhere = await startTestApp({ MONGODB_URI: uriOf(target), REDIS_PREFIX: target });
    try {
      const there = (who: Tenant, method: 'get' | 'post', path: string, body?: object) =>
        fetch(`${elsewhere.url}/api${path}`, {
          method: method.toUpperCase(),
          headers: { authorization: `Bearer ${who.key}`, 'content-type': 'application/json' },
          ...(body && { body: JSON.stringify(body) }),
        });
      // What the counters say is what is there: both are of the same moment.
      const shown = (await (await there(other, 'get', `/lists/${list._id}`)).json()) as { leadCount: number };
      expect(shown.leadCount).toBe(leads);
      // Nobody sends before somebody has looked.
      const refused = await there(other, 'post', '/lists', { name: 'No' });
      expect([refused.status, await refused.json()]).toMatchObject([402, { reason: 'restored' }]);
      expect(await command('workspace-read-only', [tenant.id, 'off'], target)).toMatchObject({ code: 0 });
      await eventually(() => Promise.resolve(desk.arrived(...people).length >= PEOPLE), 100_000);
      const messages = elsewhere.connection.collection('messages');
      await eventually(async () => (await messages.countDocuments({ status: { $in: ['sent', 'delivered'] } })) === PEOPLE);
      const sends = test.simulator.ledger({ kind: 'send' }) as SendEntry[];
      expect(sends.map(({ address }) => address).sort()).toEqual(people);
    } finally {
      await elsewhere.close();
    }
    // Lines rest for up to a minute before they begin to send again.
  }, 240_000);

  it('keeps every type of value, and is refused where it is not whole or would be mixed', async () => {
    const [source, target] = [newDatabase(), newDatabase()];
    const values = {
      whole: 1,
      long: { $numberLong: '5' },
      double: 1.5,
      text: 'é',
      nothing: null,
      list: [1, { a: new Date(0) }],
      bytes: Buffer.from('x'),
    };
    await client
      .db(source)
      .collection<object>('things')
      .insertMany(Array.from({ length: 2_500 }, (_, n) => ({ n, ...values })));
    await client.db(source).createCollection('empty');
    const place = join(folder, 'types');
    expect(await command('backup', [place], source)).toMatchObject({ code: 0 });
    expect(await command('backup', [place], source)).toMatchObject({ code: 1, stderr: expect.stringContaining('not empty') });
    expect(await command('restore', [place], source)).toMatchObject({ code: 1, stderr: expect.stringContaining('not empty') });
    expect(await command('restore', [join(folder, 'nowhere')], target)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no complete backup'),
    });
    expect(await command('restore', [place], target)).toMatchObject({ code: 0 });
    const all = (name: string) =>
      client.db(name).collection('things').find({}, { raw: true }).toArray() as unknown as Promise<Buffer[]>;
    const [was, is] = await Promise.all([all(source), all(target)]);
    expect(Buffer.concat(is).equals(Buffer.concat(was))).toBe(true);

    const manifest = join(place, 'manifest.json');
    const told = JSON.parse(readFileSync(manifest, 'utf8'));
    writeFileSync(manifest, JSON.stringify({ ...told, counts: { ...told.counts, things: 2_501 } }));
    const short = await command('restore', [place], newDatabase());
    expect(short).toMatchObject({ code: 1, stderr: expect.stringContaining('things: 2500 in place of 2501') });
    writeFileSync(manifest, JSON.stringify(told));
    truncateSync(join(place, 'things.bson.gz'), 500);
    expect((await command('restore', [place], newDatabase())).code).toBe(1);
  });
});

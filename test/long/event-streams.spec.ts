import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Agent, EventSource } from 'undici';
import { ApiKeysService } from '../../src/auth';
import { EventReader } from '../support/event-reader';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const SETTINGS = { EVENT_STREAM_SECONDS: '900', EVENT_STREAM_HEARTBEAT_SECONDS: '1', EVENT_STREAMS_PER_WORKSPACE: '3' };

describe('the stream of events', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp(SETTINGS);
  });
  afterAll(() => test.close());

  const open = (tenant: Tenant, { query = '', after = '', at = test.url } = {}) =>
    EventReader.open(`${at}/api/events/stream?${query}`, tenant.key, after);
  const save = async (tenant: Tenant, ...emails: string[]) =>
    (await tenant.post('/leads', { leads: emails.map((email) => ({ email })) }).expect(201)).body.leadIds as string[];
  const got = (reader: EventReader, count: number) => eventually(() => Promise.resolve(reader.events.length >= count));
  const leadsOf = (reader: EventReader) => reader.data.map(({ leadId }) => leadId);
  const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  it('tells what happens from now on within a second, in the words of a webhook', async () => {
    const tenant = await test.tenant();
    await save(tenant, 'before@example.com');
    const reader = await open(tenant);
    expect(reader.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    const took: number[] = [];
    const leads: string[] = [];
    // A busy machine may hold up one; a stream that is late is late with all.
    for (let n = 1; n <= 3 && !took.some((ms) => ms < 1_000); n += 1) {
      leads.push(...(await save(tenant, `now${n}@example.com`)));
      const savedAt = Date.now();
      await got(reader, n);
      took.push(Date.now() - savedAt);
    }
    expect(Math.min(...took)).toBeLessThan(1_000);
    const { events: told } = (await tenant.get('/events').expect(200)).body;
    expect(reader.events.map(({ type }) => type)).toEqual(leads.map(() => 'lead.created'));
    expect(reader.data).toEqual(told.slice(1).map(({ data }: { data: object }) => data));
    expect(leadsOf(reader)).toEqual(leads);
    expect(reader.retry).toBeGreaterThan(0);
    reader.close();
  });

  it('hears of what another process has written', async () => {
    const tenant = await test.tenant();
    const beside = await startTestApp({ ...SETTINGS, APP_ROLE: 'api' }, undefined, test);
    const reader = await open(tenant, { at: beside.url });
    await save(tenant, 'elsewhere@example.com');
    const savedAt = Date.now();
    await got(reader, 1);
    expect(Date.now() - savedAt).toBeLessThan(1_500);
    // It ends its streams before it goes.
    const closedAt = Date.now();
    await beside.close();
    expect(Date.now() - closedAt).toBeLessThan(3_500);
    expect(reader.isOver).toBe(true);
  });

  it('continues without a gap behind the last id, wherever it broke', async () => {
    const tenant = await test.tenant();
    const written: string[] = [];
    let isWriting = true;
    let [after, breaks] = ['', 0];
    const write = async () => {
      // However quick the machine is, some breaks fall between what is written.
      for (let round = 0; round < 30 || breaks < 5; round += 1) {
        const emails = Array.from({ length: round % 5 === 0 ? 50 : 1 }, (_, index) => `gap${round}.${index}@example.com`);
        written.push(...(await save(tenant, ...emails)));
      }
    };
    const writer = write().finally(() => (isWriting = false));
    const seen: string[] = [];
    while (isWriting || seen.length < written.length) {
      const reader = await open(tenant, { query: 'cursor=', after });
      await wait(50 + Math.random() * 200);
      reader.close();
      seen.push(...(leadsOf(reader) as string[]));
      after = reader.lastEventId;
      breaks += 1;
    }
    await writer;
    expect(breaks).toBeGreaterThan(3);
    expect(seen).toHaveLength(written.length);
    expect(seen.sort()).toEqual(written.sort());
  });

  it('begins at a cursor of the feed, and goes by the header where there are both', async () => {
    const tenant = await test.tenant();
    const { nextCursor } = (await tenant.get('/events?cursor=now').expect(200)).body.pagination;
    const ids = await save(tenant, 'one@example.com', 'two@example.com');
    const reader = await open(tenant, { query: `cursor=${nextCursor}` });
    await got(reader, 2);
    expect(leadsOf(reader)).toEqual(ids);
    const second = await open(tenant, { query: `cursor=${nextCursor}`, after: reader.events[0]!.id });
    await got(second, 1);
    await wait(200);
    expect(leadsOf(second)).toEqual([ids[1]]);
    // The feed goes on from an id of the stream.
    const { events: rest } = (await tenant.get(`/events?cursor=${reader.events[0]!.id}`).expect(200)).body;
    expect(rest).toHaveLength(1);
    reader.close();
    second.close();
    await expect(open(tenant, { after: 'nonsense' })).rejects.toThrow('Last-Event-ID');
  });

  it('says that it is there, and how far it is, where nothing is told', async () => {
    const tenant = await test.tenant();
    const reader = await open(tenant, { query: 'types=lead.deleted' });
    const ids = await save(tenant, ...Array.from({ length: 150 }, (_, index) => `quiet${index}@example.com`));
    const { nextCursor } = (await tenant.get('/events?cursor=now').expect(200)).body.pagination;
    await eventually(() => Promise.resolve(reader.comments.length >= 2 && reader.lastEventId === nextCursor));
    expect(reader.events).toEqual([]);
    reader.close();
    // What was passed over is not read again.
    const second = await open(tenant, { after: reader.lastEventId });
    await tenant.delete('/leads', { ids: [ids[0]] }).expect(200);
    await got(second, 1);
    expect(second.events.map(({ type }) => type)).toEqual(['lead.deleted']);
    second.close();
  });

  it('tells no other workspace', async () => {
    const [mine, theirs] = [await test.tenant(), await test.tenant()];
    const [one, other] = [await open(mine), await open(theirs)];
    const [lead] = await save(mine, 'mine@example.com');
    await got(one, 1);
    await wait(700);
    expect(leadsOf(one)).toEqual([lead]);
    expect(other.events).toEqual([]);
    for (const reader of [one, other]) reader.close();
  });

  it('ends within seconds when its key is revoked', async () => {
    const tenant = await test.tenant();
    const { secret, key } = await test.app.get(ApiKeysService).create(tenant.id, 'reader');
    const reader = await open({ ...tenant, key: secret });
    const other = await open(tenant);
    await test.app.get(ApiKeysService).remove(tenant.id, key.id);
    await eventually(() => Promise.resolve(reader.isOver), 6_000);
    await save(tenant, 'secret@example.com');
    await got(other, 1);
    expect(reader.events).toEqual([]);
    expect(other.isOver).toBe(false);
    other.close();
    await expect(open({ ...tenant, key: secret })).rejects.toThrow('401');
  });

  it('ends within seconds when its session has run out', async () => {
    const tenant = await test.tenant();
    const twelveHoursAgo = Date.now() - 12 * 3_600_000;
    const session = test.session(tenant.id, 'member', new Date(twelveHoursAgo + 2_000));
    const [reader, other] = [await open({ ...tenant, key: session }), await open(tenant)];
    await save(tenant, 'in-time@example.com');
    await got(reader, 1);
    await eventually(() => Promise.resolve(reader.isOver), 15_000);
    await save(tenant, 'too-late@example.com');
    await got(other, 2);
    expect(reader.events).toHaveLength(1);
    other.close();
    await expect(open({ ...tenant, key: session })).rejects.toThrow('401');
  });

  it('needs the scope', async () => {
    const tenant = await test.tenant();
    const { secret } = await test.app.get(ApiKeysService).create(tenant.id, { name: 'other', scopes: ['leads:read'] });
    await expect(open({ ...tenant, key: secret })).rejects.toThrow('MISSING_SCOPE');
  });

  it('is refused beyond so many of a workspace, until one is closed', async () => {
    const [tenant, other] = [await test.tenant(), await test.tenant()];
    const readers = [await open(tenant), await open(tenant), await open(tenant)];
    const { body, headers } = await tenant.get('/events/stream').expect(429);
    expect(body.code).toBe('TOO_MANY_STREAMS');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    (await open(other)).close();
    readers[0]!.close();
    const fourth = await eventually(() => open(tenant).catch(() => null));
    for (const reader of [...readers, fourth]) reader.close();
  });

  it('is refused beyond so many of the process, whoever has them, until one is closed', async () => {
    const beside = await startTestApp({ ...SETTINGS, EVENT_STREAMS_MAX: '2' }, undefined, test);
    const [tenant, other] = [await test.tenant(), await test.tenant()];
    const at = beside.url;
    const readers = [await open(tenant, { at }), await open(other, { at })];
    for (const one of [tenant, other]) await expect(open(one, { at })).rejects.toThrow('TOO_MANY_STREAMS');
    // Another process has room.
    readers.push(await open(tenant));
    readers[1]!.close();
    readers.push(await eventually(() => open(tenant, { at }).catch(() => null)));
    await save(tenant, 'heard@example.com');
    for (const reader of [readers[0]!, readers[2]!, readers[3]!]) await got(reader, 1);
    for (const reader of readers) reader.close();
    await beside.close();
  });

  it('counts as one call, however much it tells', async () => {
    const tenant = await test.tenant();
    const reader = await open(tenant);
    const left = async () => Number(/"workspace";r=(\d+)/.exec((await tenant.get('/events')).headers.ratelimit as string)![1]);
    const before = await left();
    await save(tenant, ...Array.from({ length: 90 }, (_, index) => `count${index}@example.com`));
    await got(reader, 90);
    expect(before - (await left())).toBeLessThanOrEqual(2);
    reader.close();
  });

  it('is read by the EventSource of undici, through rotations', async () => {
    const beside = await startTestApp({ ...SETTINGS, EVENT_STREAM_SECONDS: '1' }, undefined, test);
    const tenant = await test.tenant();
    const withKey = new Agent().compose((dispatch) => (options, handler) => {
      const headers = { ...(options.headers as Record<string, string>), authorization: `Bearer ${tenant.key}` };
      return dispatch({ ...options, headers }, handler);
    });
    const source = new EventSource(`${beside.url}/api/events/stream?cursor=`, { node: { dispatcher: withKey } });
    const heard: { lastEventId: string; data: string }[] = [];
    let opened = 0;
    source.addEventListener('open', () => (opened += 1));
    source.addEventListener('lead.created', (event) => {
      const { lastEventId, data } = event as unknown as { lastEventId: string; data: string };
      heard.push({ lastEventId, data });
    });
    const written: string[] = [];
    for (let round = 0; opened < 3; round += 1) {
      written.push(...(await save(tenant, `source${round}@example.com`)));
      await wait(100);
    }
    await eventually(() => Promise.resolve(heard.length >= written.length));
    source.close();
    await beside.close();
    expect(heard.map(({ data }) => (JSON.parse(data) as { leadId: string }).leadId)).toEqual(written);
    expect(new Set(heard.map(({ lastEventId }) => lastEventId)).size).toBe(written.length);
  });

  it('holds no more for a reader who takes nothing than a page', async () => {
    const beside = await startTestApp({ ...SETTINGS, EVENT_STREAM_SECONDS: '4' }, undefined, test);
    const tenant = await test.tenant();
    const notes = 'x'.repeat(5_000);
    for (let part = 0; part < 10; part += 1) {
      const leads = Array.from({ length: 400 }, (_, index) => ({ email: `slow${part}.${index}@example.com`, notes }));
      await tenant.post('/leads', { leads }).expect(201);
    }
    const server = beside.app.getHttpServer() as unknown as Server;
    const accepted = new Promise<Socket>((resolve) => void server.once('connection', resolve));
    const { port, hostname } = new URL(beside.url);
    const socket = connect({ port: Number(port), host: hostname });
    socket.pause();
    socket.write(`GET /api/events/stream?cursor= HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${tenant.key}\r\n\r\n`);
    const { bytesWritten, writableLength } = await accepted.then(async (one) => (await wait(2_000), one));
    // 20 MB are there to be read, of which the system takes some.
    expect(bytesWritten).toBeGreaterThan(0);
    expect(bytesWritten).toBeLessThan(15_000_000);
    expect(writableLength).toBeLessThan(200_000);
    // At the end of its time it is cut off.
    await eventually(async () => (await accepted).destroyed, 15_000);
    socket.destroy();
    await beside.close();
  });
});

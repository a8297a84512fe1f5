import { connect, type Socket } from 'node:net';
import { BulkCallsHook } from '../../src/auth/http/bulk-calls.hook';
import { CallTurnsHook } from '../../src/auth/http/call-turns.hook';
import { LeadListsService } from '../../src/leads/application/lead-lists.service';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** A call with a body of some length, so that it is a bulk call. */
const LENGTH = 40_000;

/** Bulk calls of one workspace wait for each other, with their bodies unread, and for nobody else's. */
describe('bulk calls', () => {
  let test: TestApp;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()));
  afterAll(() => test.close());

  /** Begins a call whose body is not there yet. */
  const begin = ({ key }: Tenant) => {
    const { hostname, port } = new URL(test.url);
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    const call = { socket, said: '' };
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => (call.said += chunk.toString()));
    const head = [
      'POST /api/leads HTTP/1.1',
      `host: ${hostname}`,
      `authorization: Bearer ${key}`,
      'content-type: application/json',
    ];
    socket.write(`${[...head, `content-length: ${LENGTH}`].join('\r\n')}\r\n\r\n{"leads":[`);
    return call;
  };
  const leads = (name: string) => ({
    leads: Array.from({ length: 400 }, (_, n) => ({ email: `${name}.${n}@example.com`, notes: 'x'.repeat(100) })),
  });

  it('a third of a workspace waits for one of the two that are at work; another workspace does not', async () => {
    const [tenant, other] = [await test.tenant(), await test.tenant()];
    const [first] = [begin(tenant), begin(tenant)];
    await eventually(async () => test.app.get(BulkCallsHook).atWork(tenant.id) === 2);
    let isDone = false;
    const third = tenant
      .post('/leads', leads('third'))
      .expect(201)
      .then(() => (isDone = true));
    await other.post('/leads', leads('other')).expect(201);
    await tenant.post('/leads', { leads: [{ email: 'short@example.com' }] }).expect(201);
    expect(isDone).toBe(false);
    // Whoever breaks off leaves the turn to the next.
    first!.socket.destroy();
    await third;
    expect((await tenant.get('/leads/count').expect(200)).body.count).toBe(401);
  });

  it('any call has a turn while it is worked on, and none afterwards', async () => {
    const tenant = await test.tenant();
    const turns = test.app.get(CallTurnsHook);
    let seen = 0;
    const lists = test.app.get(LeadListsService, { strict: false });
    const list = lists.list.bind(lists);
    jest.spyOn(lists, 'list').mockImplementationOnce((...asked) => {
      seen = turns.atWork(tenant.id);
      return list(...asked);
    });
    await tenant.get('/lists').expect(200);
    expect(seen).toBe(1);
    await tenant.get('/lists?limit=0').expect(400);
    expect(turns.atWork(tenant.id)).toBe(0);
  });

  it('more than may wait are told to come again', async () => {
    const tenant = await test.tenant();
    const calls = Array.from({ length: 33 }, () => begin(tenant));
    const refused = await eventually(async () => calls.find(({ said }) => said.includes('\r\n\r\n')));
    expect(refused.said).toContain('HTTP/1.1 429');
    expect(refused.said.toLowerCase()).toContain('retry-after: 1');
    expect(refused.said).toContain('"RATE_LIMIT_EXCEEDED"');
    expect(calls.filter(({ said }) => said !== '')).toEqual([refused]);
  });
});

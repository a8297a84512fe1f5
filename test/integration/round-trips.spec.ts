import { SystemClock } from '../../src/platform/clock';
import { CommandLog } from '../support/commands';
import { eventually } from '../support/eventually';
import { runs } from '../support/runs';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const ROWS = runs(10_000);

/** A moment that lasts: what is remembered for a second stays remembered. */
class StoppedClock extends SystemClock {
  private readonly moment = new Date();

  override now(): Date {
    return this.moment;
  }
}

/**
 * How often a request asks the store: it does not depend on the machine, and it decides how fast a request
 * can be.
 */
describe('round trips a request', () => {
  let test: TestApp;
  let tenant: Tenant;
  let log: CommandLog;
  let listId: string;

  beforeAll(async () => {
    // Nothing but the requests speaks to the store.
    test = await startTestApp({ APP_ROLE: 'api' }, new StoppedClock());
    tenant = await test.tenant();
    // The first request also writes down that the key was used.
    await tenant.get('/lists').expect(200);
    await eventually(async () =>
      test.connection.collection('apiKeys').findOne({ workspaceId: tenant.id, lastUsedAt: { $ne: null } }),
    );
    listId = (await tenant.post('/lists', { name: 'Counted' }).expect(201)).body._id;
    log = new CommandLog(test);
  });
  afterAll(() => test.close());

  /** At most so many, and not one that would make the counting a sham. */
  const atMost = (most: number, commands: string[], among: string) => {
    expect(commands).toContain(among);
    if (commands.length > most) throw new Error(`${commands.length} commands, ${most} at most:\n${commands.join('\n')}`);
  };

  /** The commands of one request. The key was seen by the requests before it and is remembered. */
  async function trips(request: () => Promise<{ status: number }>): Promise<string[]> {
    log.takeOfRequests();
    const { status } = await request();
    expect([200, 201]).toContain(status);
    return log.takeOfRequests().map(({ name, collection }) => `${name} ${collection}`);
  }

  it('a page of a list of leads: 2 at most', async () => {
    await tenant.post('/leads', { leads: [{ phone: '+12025550131' }, { phone: '+12025550132' }], listId }).expect(201);
    for (const query of ['cursor=', `cursor=&listId=${listId}`, 'cursor=&limit=1']) {
      const commands = await trips(() => tenant.get(`/leads?${query}`));
      atMost(2, commands, 'find leads');
    }
  });

  it('one lead: 5 at most, into a list that is named and into "Quick Sends"', async () => {
    await tenant.post('/leads', { leads: [{ phone: '+12025550139' }] }).expect(201);
    for (const body of [{ leads: [{ phone: '+12025550133' }], listId }, { leads: [{ email: 'one@example.com' }] }]) {
      const commands = await trips(() => tenant.post('/leads', body));
      atMost(5, commands, 'insert leads');
    }
  });

  it('thousands of leads: 40 at most, also when all of them are there already', async () => {
    const leads = Array.from({ length: ROWS }, (_, index) => ({
      phone: `+1415${String(2_000_000 + index)}`,
      email: `person${index}@example.com`,
      firstName: `N${index}`,
    }));
    for (const savedCount of [ROWS, 0]) {
      let saved = -1;
      const commands = await trips(async () => {
        const answer = await tenant.post('/leads', { leads, listId });
        saved = (answer.body as { savedCount: number }).savedCount;
        return answer;
      });
      expect(saved).toBe(savedCount);
      atMost(40, commands, 'find leads');
    }
  });
});

import { type Message, Messages } from '../../src/messages';
import { CampaignDesk, MUCH_LATER, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const CHUNK = 2_000;
const LATE = CHUNK + 100;
/** The lines send little: what is looked at is what waits. */
const LITTLE = { dailyNewConversationsLimit: 1, hourlyNewConversationsLimit: 1, dailyTotalMessagesLimit: 1 };

/** A list that is longer than what one transaction takes. */
describe('enrolling a long list', () => {
  let test: TestApp;
  let tenant: Tenant;
  let desk: CampaignDesk;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  afterEach(() => jest.restoreAllMocks());
  beforeEach(async () => {
    tenant = await test.tenant();
    await test.line(tenant, undefined, LITTLE);
    desk = await new CampaignDesk(test, tenant).open();
  });

  const people = (count: number, word: string) => Array.from({ length: count }, (_, n) => ({ email: `${word}${n}@example.com` }));
  const enrolling = async (id: string) => (await desk.campaign(id)).enrolling;
  const launch = async (id: string) => {
    await tenant.post(`/campaigns/${id}/launch`).expect(200);
    return eventually(async () => {
      const now = await enrolling(id);
      return now.state === 'completed' && now;
    });
  };

  /** Each once: a transaction that was slow is done again. */
  const sizesOf = (calls: readonly Message[][]) => [...new Set(calls.map(({ length }) => length))];

  /** What is inserted by each call that inserts many; the call of that number fails once all is written. */
  function insertions(failing?: number): Message[][] {
    const calls: Message[][] = [];
    const repository = test.app.get(Messages, { strict: false });
    const insert = repository.insertMany.bind(repository);
    jest.spyOn(repository, 'insertMany').mockImplementation(async (messages, transaction) => {
      calls.push([...messages]);
      await insert(messages, transaction);
      if (calls.length === failing) throw new Error('The worker died');
    });
    return calls;
  }

  it('enrolls each member once where a chunk dies halfway, and counts each once', async () => {
    await desk.leads(people(1, 'early'));
    const id = await desk.launched([{ template: 'Hi', wait: NOW }]);
    await desk.leads(people(LATE, 'late'));
    await tenant.post('/suppressions', { address: 'late7@example.com' }).expect(201);
    const calls = insertions(2);
    const total = LATE + 1;
    const outcome = { total, enrolled: LATE - 1, alreadyInCampaign: 1, suppressed: 1 };
    expect(await launch(id)).toMatchObject(outcome);
    expect(sizesOf(calls)).toEqual([CHUNK - 2, total - CHUNK]);
    for (const name of ['enrollments', 'messages']) {
      const kept = await test.connection.collection(name).find({ workspaceId: tenant.id }).toArray();
      expect(kept).toHaveLength(LATE);
      expect(new Set(kept.map(({ leadId }) => String(leadId))).size).toBe(LATE);
    }
    const { messageCounts } = await desk.campaign(id);
    const { scheduled, queued, sent, delivered } = messageCounts;
    expect([scheduled, queued + sent + delivered]).toEqual([0, LATE]);
  });

  it('inserts a first step that is due at once as queued, and nothing else', async () => {
    await desk.leads(people(3, 'one'));
    const calls = insertions();
    await desk.launched([
      { template: 'Hi', wait: NOW },
      { template: 'Again', wait: NOW },
    ]);
    const statuses = calls.flat().map(({ stepIndex, status, revision }) => [stepIndex, status, revision]);
    expect(statuses.filter(([stepIndex]) => stepIndex === 0)).toEqual(Array(3).fill([0, 'queued', 0]));
    expect(statuses.filter(([stepIndex]) => stepIndex === 1)).toEqual(Array(3).fill([1, 'scheduled', 0]));
  });

  it('takes fewer members at a time where a campaign has many steps', async () => {
    await desk.leads(people(520, 'many'));
    const calls = insertions();
    const steps = Array.from({ length: 10 }, (_, n) => ({ template: `Step ${n}`, wait: MUCH_LATER }));
    const id = await desk.launched(steps);
    expect(sizesOf(calls)).toEqual([5_000, 200]);
    expect(await enrolling(id)).toMatchObject({ total: 520, enrolled: 520 });
  });
});

import { randomUUID } from 'node:crypto';
import { type Line, LineCapacity } from '../../src/lines';
import { DueMessages, Messages } from '../../src/messages';
import { WorkQueues } from '../../src/platform/queues';
import { eventually } from '../support/eventually';
import { runs } from '../support/runs';
import { SendDesk } from '../support/send-desk';
import { ShiftedClock } from '../support/shifted-clock';
import { startTestApp, type TestApp } from '../support/test-app';

const PEOPLE = 10;
const HOURLY = 3;

/** What the lines may do, however many processes send at once. */
describe('sending, by several processes at once', () => {
  const clock = new ShiftedClock().aheadToNoon();
  let instances: TestApp[];
  let desk: SendDesk;
  let serial = 0;

  beforeAll(async () => {
    const test = await startTestApp({ APP_ROLE: 'api' }, clock);
    instances = [
      test,
      await startTestApp({ APP_ROLE: 'api' }, clock, test),
      await startTestApp({ APP_ROLE: 'api' }, clock, test),
    ];
  });
  afterAll(async () => {
    for (const app of [...instances.slice(1), instances[0]!]) await app.close();
  });
  beforeEach(async () => {
    desk = new SendDesk(instances, await instances[0]!.tenant());
    serial += 1;
  });

  const address = (n: number) => `s${serial}.x${n}y@example.com`;
  const everyone = Array.from({ length: PEOPLE }, (_, n) => n);
  const arrivals = () => everyone.flatMap((n) => desk.arrived(address(n)).map(({ at }) => at)).sort((one, other) => one - other);

  it('one job, run many times at once by several processes: one send', async () => {
    await instances[0]!.line(desk.tenant);
    const id = await desk.direct({ recipientEmail: address(0) });
    const job = await desk.turnOf(id);
    await Promise.all(Array.from({ length: 15 }, (_, n) => desk.run(job, instances[n % 3])));
    await Promise.all(instances.map((instance) => desk.run(job, instance)));
    expect(arrivals()).toHaveLength(1);
    expect((await desk.get(id)).attempts).toHaveLength(1);
    expect(await desk.usage()).toMatchObject({ totalMessagesCount: 1, newConversationsCount: 1 });
  });

  it('one job that Bull has many times, for several workers: one send', async () => {
    const [first] = instances as [TestApp];
    await first.line(desk.tenant);
    const id = await desk.direct({ recipientEmail: address(0) });
    const job = await desk.turnOf(id);
    const added = Array.from({ length: 20 }, () =>
      first.app.get(WorkQueues).add('send', randomUUID(), { messageId: job.messageId, moves: job.revision }),
    );
    expect(await Promise.all(added)).toEqual(Array(20).fill(true));
    const workers = await Promise.all([startTestApp({}, clock, first), startTestApp({}, clock, first)]);
    await eventually(async () => ['sent', 'delivered'].includes((await desk.get(id)).status));
    // Closing waits for the jobs that run.
    await Promise.all(workers.map((worker) => worker.close()));
    expect(arrivals()).toHaveLength(1);
    expect((await desk.get(id)).attempts).toHaveLength(1);
  });

  it("a line's hour, asked for by all at once: exactly what it has room for, and all of it comes back", async () => {
    const line = await instances[0]!.line(desk.tenant, 0, { hourlyNewConversationsLimit: HOURLY, dailyTotalMessagesLimit: 5 });
    const capacities = instances.map(({ app }) => app.get(LineCapacity));
    const reserveAll = (firstTouch: boolean) =>
      Promise.all(
        everyone.map((n) =>
          capacities[n % 3]!.reserve(line, { messageId: `m${firstTouch}${n}`, token: randomUUID(), firstTouch }, clock.now()),
        ),
      );
    const held = (await reserveAll(true)).filter((one) => one !== null);
    expect(held).toHaveLength(HOURLY);
    expect(await desk.usage()).toMatchObject({ totalMessagesCount: HOURLY, newConversationsCount: HOURLY });
    // Follow-ups are counted in the day alone.
    held.push(...(await reserveAll(false)).filter((one) => one !== null));
    expect(held).toHaveLength(5);
    await Promise.all(held.flatMap((one) => capacities.map((capacity) => capacity.release(one))));
    expect(await desk.usage()).toMatchObject({ totalMessagesCount: 0, newConversationsCount: 0 });
    expect((await reserveAll(true)).filter((one) => one !== null)).toHaveLength(HOURLY);
  });

  it("the first of a line's day, many at once: nobody is turned away while there is room", async () => {
    const capacities = instances.map(({ app }) => app.get(LineCapacity));
    for (let round = 0; round < runs(30); round += 1) {
      const line = await instances[0]!.line(desk.tenant, 0);
      const asked = everyone.map((n) =>
        capacities[n % 3]!.reserve(line, { messageId: `m${n}`, token: randomUUID(), firstTouch: true }, clock.now()),
      );
      expect((await Promise.all(asked)).filter((one) => one === null)).toEqual([]);
    }
  });

  /**
   * Gives all that is queued a turn on the line at once, as no dispatcher would, and lets all instances send
   * it.
   */
  async function stampede(line: Line, ids: string[]): Promise<void> {
    const messages = instances[0]!.app.get(Messages);
    const due = instances[0]!.app.get(DueMessages, { strict: false });
    // Whoever sent one has planned the line's next; nobody works on that here.
    await due.dropLostTurns(new Date(clock.now().getTime() + 60_000));
    const jobs = await Promise.all(
      ids.map(async (id) => {
        const message = (await messages.findForJob(id))!;
        return (await due.takeTurn(message, line.id, clock.now())) && { messageId: id, revision: message.revision };
      }),
    );
    await Promise.all(jobs.flatMap((job) => (job ? instances.map((instance) => desk.run(job, instance)) : [])));
    // What the line had no room for was put aside for a moment.
    await due.takeUp(new Date(clock.now().getTime() + 60_000), PEOPLE);
  }

  it.each([
    ['no gap', 0],
    ['a gap', 1],
  ])(
    'a line with an hourly limit and %s, all messages at once from all processes: exactly the limit in an hour',
    async (_, gap) => {
      const settings = { APP_ROLE: 'api', CONTACT_GAP_SECONDS: String(gap) };
      const [first] = instances as [TestApp];
      const own = [await startTestApp(settings, clock, first), await startTestApp(settings, clock, first)];
      const before = instances;
      instances = own;
      try {
        const line = await first.line(desk.tenant, 0, { hourlyNewConversationsLimit: HOURLY });
        const ids: string[] = [];
        for (const n of everyone) ids.push(await desk.direct({ recipientEmail: address(n) }));
        for (const hour of [1, 2]) {
          await eventually(async () => {
            await stampede(line, ids);
            return arrivals().length >= hour * HOURLY;
          });
          for (let more = 0; more < runs(3); more += 1) await stampede(line, ids);
          expect(arrivals()).toHaveLength(hour * HOURLY);
          expect(await desk.usage()).toMatchObject({ totalMessagesCount: hour * HOURLY });
          clock.ahead({ hours: 1 });
        }
        for (const [index, at] of arrivals().entries()) {
          if (index % HOURLY > 0) expect(at - arrivals()[index - 1]!).toBeGreaterThanOrEqual(gap * 1_000);
        }
      } finally {
        instances = before;
        for (const app of own) await app.close();
      }
    },
  );
});

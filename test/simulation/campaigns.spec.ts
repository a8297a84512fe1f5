import { openMessages, reconcile, stories } from './books';
import { Scenario } from './scenario';
import type { Size } from './world';

const { SIM_SEED, SIM_LEADS, SIM_CAMPAIGNS, SIM_LINES, SIM_DAYS, SIM_CAPS, SIM_MINUTES } = process.env;
const LEADS = Number(SIM_LEADS ?? 80);
const LARGE = LEADS > 2_000;
const size: Size = {
  seed: Number(SIM_SEED ?? Date.now() % 1_000_000),
  leads: LEADS,
  campaigns: Number(SIM_CAMPAIGNS ?? (LARGE ? 20 : 4)),
  lines: Number(SIM_LINES ?? (LARGE ? 10 : 3)),
  days: Number(SIM_DAYS ?? (LARGE ? 365 : 60)),
  workers: 2,
  caps: (SIM_CAPS?.split(',').map(Number) as Size['caps'] | undefined) ?? (LARGE ? [10, 7, 4] : [12, 6, 3]),
  realMs: Number(SIM_MINUTES ?? 240) * 60_000,
  trouble: true,
};

/** A line every thirty virtual days. */
const tellProgress = ({ time, judge, begunAt }: Scenario): void => {
  const days = (time.ms - begunAt) / 86_400_000;
  if (days % 30 < 3 / 24) process.stderr.write(`day ${Math.floor(days)}: ${judge.accepts} accepted\n`);
};

/**
 * The product's own services, as two workers on the real store, in virtual time, against a provider that
 * keeps its own book. `SIM_SEED` repeats a run until two transactions meet, which depends on the machine.
 * Small by default: 80 leads, 4 campaigns, 3 lines with small caps, 60 days from 20 September, in which
 * clocks go forward in the south and back in the north; then trouble ends, and so must everything that waits.
 *
 * `npm run simulate` has 100,000 leads, 20 campaigns, 10 lines and a whole year, with caps of 10 sends a line
 * and day: some 36,000 sends, for which two cores take a little more than an hour. `SIM_LEADS`,
 * `SIM_CAMPAIGNS`, `SIM_LINES`, `SIM_DAYS` and `SIM_CAPS` (sends and first touches a day, first touches an
 * hour) set other sizes; after `SIM_MINUTES` it ends however far it is.
 */
describe(`a workspace in virtual time (SIM_SEED=${size.seed})`, () => {
  const scenario = new Scenario(size);
  const random = Math.random;

  afterAll(async () => {
    Math.random = random;
    if (scenario.judge.violations.length > 0) process.stderr.write(`${await stories(scenario)}\n`);
    // What sleeps until a time would keep its worker from ending.
    await scenario.wakeUp();
    await scenario.workers.close();
  });

  it('keeps the ten invariants through replies, opt-outs, edits, crashes, lost queues and a provider in trouble', async () => {
    const { judge, workers, time, provider } = scenario;
    const began = Date.now();
    await scenario.open();
    const opened = Date.now();
    const days = await scenario.run(size.days, () => {
      if (LARGE) tellProgress(scenario);
      return Promise.resolve(false);
    });
    const sentIn = (Date.now() - opened) / 1_000;
    const messages = workers.connection.collection('messages');
    const byStatus = async () =>
      Object.fromEntries(
        (await messages.aggregate([{ $group: { _id: '$status', n: { $sum: 1 } } }]).toArray()).map(({ _id, n }) => [_id, n]),
      );
    process.stderr.write(
      `${JSON.stringify({
        seed: size.seed,
        leads: size.leads,
        campaigns: size.campaigns,
        lines: size.lines,
        virtualDays: Math.round(days * 10) / 10,
        setUpSeconds: Math.round((opened - began) / 1_000),
        runSeconds: Math.round(sentIn),
        messagesASecond: Math.round((judge.accepts / sentIn) * 10) / 10,
        accepted: judge.accepts,
        messages: await byStatus(),
        deaths: time.deaths,
        sleeps: time.sleeps,
        jobs: workers.counts,
        provider: provider.counts,
        tenant: scenario.counts,
        consent: judge.consent.counts,
        answers: judge.answers.given,
        frequency: { ...scenario.frequency, full: judge.frequency.full, second: judge.frequency.second },
      })}\n`,
    );
    expect([judge.violations, scenario.unfair, time.errors]).toEqual([[], [], []]);
    expect(judge.accepts).toBeGreaterThan(0);
    // Job runs for what was handed over, and for what came in the way of one.
    const inTheWay =
      time.deaths + time.sleeps + workers.counts.doubled + workers.counts.late + provider.counts.away + provider.counts.stale;
    const handedOver = judge.accepts + provider.counts.refused + provider.counts.notOnChannel;
    expect(workers.counts.runs).toBeLessThanOrEqual(1.2 * handedOver + 2 * inTheWay + LEADS * 0.1 + 50);
    expect(await reconcile(scenario)).toEqual([]);
    if (LARGE) return;
    // Without trouble, everything comes to its end.
    scenario.calm();
    // As long as the caps of the lines need for all that waits, and time for the waits between steps.
    const waiting = await messages.countDocuments({ status: { $in: ['scheduled', 'queued'] } });
    const needed = Math.ceil((2 * waiting) / (size.lines * size.caps[0]));
    await scenario.run(45 + needed, async () => (await openMessages(scenario)).length === 0);
    // What ended the run early says more than what it left open.
    expect([judge.violations, scenario.unfair, time.errors]).toEqual([[], [], []]);
    expect(await openMessages(scenario)).toEqual([]);
    expect(await reconcile(scenario)).toEqual([]);
  }, 18_000_000);
});

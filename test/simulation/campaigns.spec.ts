import { WaitReasons } from '../../src/messages/application/wait-reasons.service';
import { toMessage } from '../../src/messages/infrastructure/message.mapper';
import { isWaiting } from '../../src/messages';
import { workspaceId } from '../../src/platform/ids';
import { Scenario, type Size } from './scenario';

const { SIM_SEED, SIM_LEADS, SIM_CAMPAIGNS, SIM_LINES, SIM_DAYS, SIM_MINUTES } = process.env;
const LEADS = Number(SIM_LEADS ?? 150);
const LARGE = LEADS > 2_000;
const size: Size = {
  seed: Number(SIM_SEED ?? Date.now() % 1_000_000),
  leads: LEADS,
  campaigns: Number(SIM_CAMPAIGNS ?? (LARGE ? 20 : 4)),
  lines: Number(SIM_LINES ?? (LARGE ? 10 : 3)),
  days: Number(SIM_DAYS ?? (LARGE ? 365 : 60)),
  workers: 2,
  caps: LARGE ? [75, 50, 50] : [12, 6, 3],
  realMs: Number(SIM_MINUTES ?? 20) * 60_000,
  trouble: true,
};

/**
 * The product's own services on the real store, in virtual time, against a provider that keeps its own book. `SIM_SEED` repeats a run;
 * `npm run simulate` is the large one.
 */
describe(`a workspace in virtual time (SIM_SEED=${size.seed})`, () => {
  const scenario = new Scenario(size);
  const random = Math.random;

  afterAll(async () => {
    Math.random = random;
    await scenario.workers.close();
  });

  it('keeps the nine invariants through replies, edits, crashes, lost queues and a provider in trouble', async () => {
    const { judge, workers, time, provider } = scenario;
    const began = Date.now();
    await scenario.open();
    const opened = Date.now();
    const days = await scenario.run(size.days);
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
      })}\n`,
    );
    expect(judge.violations).toEqual([]);
    expect(scenario.unfair).toEqual([]);
    expect(time.errors).toEqual([]);
    expect(judge.accepts).toBeGreaterThan(0);
    const waiting = (await messages.find({ status: { $in: ['scheduled', 'queued', 'pending'] } }, { limit: 500 }).toArray()).map(
      (document) => toMessage(document as never),
    );
    const reasons = await workers.of(WaitReasons).of(workspaceId('org_simulation'), waiting);
    expect(waiting.filter(({ id, status }) => isWaiting(status) && !reasons.get(id))).toEqual([]);
  }, 3_600_000);
});

import { Workspaces } from '../../src/auth';
import { CheckQuota, CheckResultCache } from '../../src/availability';
import { AvailabilityBatchesService, type BatchProgress } from '../../src/availability/application/availability-batches.service';
import { CheckAvailabilityService } from '../../src/availability/application/check-availability.service';
import { type Lead, Leads, SaveLeadsService } from '../../src/leads';
import { LeadListsService } from '../../src/leads/application/lead-lists.service';
import { LinesService } from '../../src/lines';
import { type BackgroundJob, BackgroundJobs, type ChunkResult } from '../../src/platform/background';
import { DomainError } from '../../src/platform/errors';
import { workspaceId } from '../../src/platform/ids';
import { Bridge } from './bridge';
import { Random } from './random';
import { VirtualTime } from './virtual-time';
import { Workers } from './workers';

const LEADS = Number(process.env.SIM_CHECKS ?? 700);
const SEED = Number(process.env.SIM_SEED ?? Date.now() % 1_000_000);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 86_400 * SECOND;
const CAP = 70;
const GAP = 3 * SECOND;
const WORKERS = 3;
const MOST_DAYS = 60;
const WORKSPACE = workspaceId('org_checks');
/** Ahead of the real time, so that nothing kept for days has passed away; minutes before a midnight. */
const BEGINNING = Date.UTC(2027, 2, 27, 23, 56);

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/**
 * Availability in virtual time: `SIM_CHECKS` leads (700; `SIM_CHECKS=5000` is the whole of it and takes
 * minutes) in three jobs at once, three lines on two devices, three workers that die and fall asleep, a Redis
 * that forgets, bridges that are away, silent or in error, and people who ask for themselves meanwhile. The
 * bridge's own book is the judge. `SIM_SEED` repeats a run.
 */
describe(`checks in virtual time (SIM_SEED=${SEED}, SIM_CHECKS=${LEADS})`, () => {
  const random = new Random(SEED);
  const time = new VirtualTime(BEGINNING);
  const bridge = new Bridge(time, new Random(SEED + 1));
  const harm = { jobDies: 0.04, jobSleeps: 0, tickDies: 0.005, late: 0.02, twice: 0.03, backgroundSleeps: 0.15 };
  const workers = new Workers(time, new Random(SEED + 2), bridge, harm);
  const chance = Math.random;
  const lines: string[] = [];
  const jobs = new Map<string, { id: string; leadIds: string[] }>();
  const refusals: string[] = [];
  let direct = 0;

  beforeAll(async () => {
    await workers.start(WORKERS);
    Math.random = () => random.next();
    workers.apps.forEach(watch);
  });
  afterAll(async () => {
    Math.random = chance;
    await workers.close();
  });

  /** Points at which a worker may die, and the times at which a tick finds work. */
  function watch(app: (typeof workers.apps)[number]): void {
    const points = <T extends object>(token: abstract new (...args: never[]) => T, names: (keyof T)[]) => {
      const port = app.get(token as never, { strict: false }) as Record<keyof T, (...args: unknown[]) => Promise<unknown>>;
      for (const name of names) {
        const plain = port[name].bind(port);
        Object.assign(port, {
          [name]: async (...args: unknown[]) => {
            await time.point();
            const result = await plain(...args);
            await time.point();
            return result;
          },
        });
      }
    };
    points(CheckQuota, ['reserve', 'used', 'release']);
    points(CheckResultCache, ['find', 'save']);
    points(Leads, ['saveAvailability', 'findMany']);
    interface Inner {
      save(...args: unknown[]): Promise<void>;
      settle(job: unknown, token: string, result: ChunkResult<object>): Promise<void>;
    }
    const inner = app.get(BackgroundJobs, { strict: false }) as unknown as Inner;
    points(BackgroundJobs, ['save'] as never);
    const settle = inner.settle.bind(inner);
    inner.settle = async (job, token, result) => {
      await time.point();
      await settle(job, token, result);
      const at = result.next === 'wait' ? result.until.getTime() : time.ms;
      for (const seconds of [0, 20]) workers.tickAt(at + seconds * SECOND);
      await time.point();
    };
  }

  const jobOf = (name: string): Promise<BackgroundJob<BatchProgress>> =>
    workers.of(AvailabilityBatchesService).job(WORKSPACE, jobs.get(name)!.id);

  async function furnish(): Promise<{ lists: Record<string, string>; leads: Map<string, Lead> }> {
    await workers.of(Workspaces).findOrCreate(WORKSPACE, 'Checks', time.now());
    for (let index = 0; index < 3; index += 1) {
      const fields = { phone: `+120255501${10 + index}`, bridgeUrl: 'http://127.0.0.1:1', bridgePassword: 'x' };
      // The second and the third share a device.
      const line = await workers.of(LinesService).create(WORKSPACE, { ...fields, deviceId: `mac-${Math.min(index, 1)}` });
      lines.push(line.id);
      bridge.deviceOf.set(line.id, line.deviceId);
    }
    const lists: Record<string, string> = {};
    const leads = new Map<string, Lead>();
    let serial = 0;
    for (const [name, share] of Object.entries({ large: 0.5, small: 0.2, named: 0.3 })) {
      lists[name] = (await workers.of(LeadListsService).create(WORKSPACE, name, null)).id;
      const rows = Array.from({ length: Math.round(LEADS * share) }, () => {
        serial += 1;
        const phone = `+1415${2_000_000 + serial}`;
        const email = random.chance(0.15) ? `check.${serial}.x@example.com` : null;
        for (const address of [phone, email]) if (address && random.chance(0.35)) bridge.absent.add(address);
        return { phone, ...(email && { email }) };
      });
      for (let start = 0; start < rows.length; start += 2_000) {
        const call = { rows: rows.slice(start, start + 2_000), listId: lists[name] };
        const { leadIds } = await workers.of(SaveLeadsService).save(WORKSPACE, call);
        for (const lead of await workers.of(Leads).findMany(WORKSPACE, leadIds as string[])) leads.set(lead.id, lead);
      }
    }
    return { lists, leads };
  }

  /** Whatever goes wrong, again and again, until the jobs are done. */
  function trouble(): void {
    const often = (everyMs: number, what: () => void) => {
      const again = () => {
        what();
        time.at(time.ms + Math.floor(everyMs * (0.5 + random.next())), again);
      };
      time.at(time.ms + Math.floor(everyMs * random.next()), again);
    };
    // Most of it happens right after a midnight, when there is quota again.
    const inTheMorning = (times: number, what: () => void) => {
      for (let day = 0; day < MOST_DAYS; day += 1) {
        const midnight = (Math.floor(BEGINNING / DAY) + day) * DAY;
        for (let n = 0; n < times; n += 1) time.at(midnight + random.between(0, 25 * MINUTE), what);
      }
    };
    inTheMorning(3, () => time.killWorker(random.between(0, WORKERS - 1)));
    inTheMorning(2, () => void workers.flush());
    inTheMorning(1, () => {
      const line = random.pick(lines);
      const device = bridge.deviceOf.get(line);
      const until = time.ms + random.pick([20 * SECOND, 3 * MINUTE, 40 * MINUTE]);
      for (const one of lines) if (bridge.deviceOf.get(one) === device) bridge.goAway(one, until, 'off');
      workers.tickAt(until);
    });
    inTheMorning(4, () => {
      direct += 1;
      const address = `+1628${3_000_000 + direct}`;
      workers.call('call', () =>
        workers
          .of(CheckAvailabilityService)
          .checkAddress(WORKSPACE, address, { refresh: random.chance(0.5), patienceMs: 10 * SECOND })
          .catch((error: Error) => {
            if (!(error instanceof DomainError)) throw error;
            refusals.push(error.code);
          }),
      );
    });
    often(6 * 3_600 * SECOND, () => void workers.flush());
    bridge.hangs = 0.01;
    bridge.fails = 0.01;
  }

  it('keeps quotas, gaps and jobs exact through crashes, sleeps, lost queues and bridges in trouble', async () => {
    const began = Date.now();
    const { lists, leads } = await furnish();
    const named = [...leads.values()].filter(({ listId }) => listId === lists.named).map(({ id }) => id);
    const start = (name: string, what: { listId: string } | { leadIds: string[] }) =>
      workers.call('call', async () => {
        const answer = await workers
          .of(AvailabilityBatchesService)
          .check(WORKSPACE, what, { refresh: false })
          .catch((error: Error) => {
            // No line is healthy just now: whoever asked asks again.
            if (!(error instanceof DomainError)) throw error;
            time.at(time.ms + MINUTE, () => start(name, what));
          });
        if (!answer) return;
        if (!('job' in answer)) throw new Error(`${name} was done at once`);
        const mine = [...leads.values()].filter(({ listId }) => listId === lists[name]).map(({ id }) => id);
        jobs.set(name, { id: answer.job.id, leadIds: mine });
      });
    start('large', { listId: lists.large! });
    time.at(time.ms + MINUTE, () => start('small', { listId: lists.small! }));
    time.at(time.ms + 10 * MINUTE, () => start('named', { leadIds: named }));
    trouble();
    for (let day = 0; day < MOST_DAYS; day += 1) workers.tickAt((Math.floor(BEGINNING / DAY) + day) * DAY);
    const states = async () => {
      if (jobs.size < 3) return ['queued'];
      return Promise.all([...jobs.keys()].map(async (name) => (await jobOf(name)).state));
    };
    const end = BEGINNING + MOST_DAYS * DAY;
    while (time.ms < end && time.errors.length === 0) {
      const pauseAt = time.ms + 10 * MINUTE;
      while (await time.step(pauseAt));
      if ((await states()).every((state) => state === 'completed' || state === 'failed')) break;
    }
    await judge(leads, began);
  }, 1_800_000);

  async function judge(leads: Map<string, Lead>, began: number): Promise<void> {
    const { questions } = bridge;
    const perLineAndDay = new Map<string, number>();
    const lastOn = new Map<string, number>();
    const tooSoon: string[] = [];
    for (const { at, lineId, deviceId, address } of questions) {
      const key = `${lineId}:${dayOf(at)}`;
      perLineAndDay.set(key, (perLineAndDay.get(key) ?? 0) + 1);
      const before = lastOn.get(deviceId);
      if (before !== undefined && at - before < GAP) tooSoon.push(`${deviceId} ${address}: ${at - before} ms`);
      lastOn.set(deviceId, at);
    }
    const byJobs = questions.filter(({ by }) => by === 'background').map(({ address }) => address);
    const twice = byJobs.filter((address, index) => byJobs.indexOf(address) !== index);
    const usage = new Map<string, number>();
    for await (const { _id, used } of workers.connection.collection<{ _id: string; used: number }>('availabilityUsage').find({}))
      usage.set(_id, used);
    const days = [...new Set(questions.map(({ at }) => dayOf(at)))].sort();
    const done = await Promise.all([...jobs.keys()].map((name) => jobOf(name)));
    const over = Math.max(...done.map(({ finishedAt }) => finishedAt?.getTime() ?? Infinity));
    process.stderr.write(
      `${JSON.stringify({
        seed: SEED,
        leads: leads.size,
        seconds: Math.round((Date.now() - began) / 1_000),
        questions: questions.length,
        days: days.length,
        reserved: [...usage.values()].reduce((sum, used) => sum + used, 0),
        deaths: time.deaths,
        sleeps: time.sleeps,
        bridge: bridge.trouble,
        direct: { asked: direct, refusals: refusals.length },
        workers: workers.counts,
        jobs: done.map(({ state, progress: { total, checked, available, unavailable, errors, missing } }) => ({
          state,
          total,
          checked,
          available,
          unavailable,
          errors,
          missing,
        })),
      })}\n`,
    );
    expect(time.errors).toEqual([]);
    expect([...perLineAndDay].filter(([, count]) => count > CAP)).toEqual([]);
    expect([...usage].filter(([, used]) => used > CAP)).toEqual([]);
    expect(tooSoon).toEqual([]);
    expect(twice).toEqual([]);
    // The first day that the quota allows: on each day before the last, every check of every line was taken.
    for (const day of days.filter((one) => one > dayOf(BEGINNING) && one < dayOf(over)))
      expect([day, ...lines.map((line) => usage.get(`${line}:${day}`))]).toEqual([day, CAP, CAP, CAP]);
    expect(days.at(-1)).toBe(dayOf(over));
    for (const [name, { leadIds }] of jobs) {
      const { state, progress } = await jobOf(name);
      const { total, checked, available, unavailable, errors, missing } = progress;
      expect([name, state, total, checked, missing]).toEqual([name, 'completed', leadIds.length, leadIds.length, 0]);
      expect(available + unavailable + errors).toBe(leadIds.length);
      const found = await workers.of(Leads).findMany(WORKSPACE, leadIds);
      const count = (status: string) => found.filter(({ availabilityStatus }) => availabilityStatus === status).length;
      expect([count('available'), count('unavailable'), count('error')]).toEqual([available, unavailable, errors]);
      for (const { phone, email, availabilityStatus: status, availabilityReason, availableAddress } of found) {
        const reachable = [phone, email].filter((address) => address && !bridge.absent.has(address));
        if (status === 'available') expect(reachable).toContain(availableAddress);
        if (status === 'unavailable') expect(reachable).toEqual([]);
        expect(availabilityReason === null).toBe(status !== 'error');
      }
    }
  }
});

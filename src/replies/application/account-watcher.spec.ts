import { setImmediate as turn } from 'node:timers/promises';
import type { Channels, WatchEnd } from '../../channels';
import { accountKeyOf, type Line, type Lines, type LinesService } from '../../lines';
import type { Clock } from '../../platform/clock';
import type { Ids, WorkspaceId } from '../../platform/ids';
import type { Ticks } from '../../platform/ticks';
import type { AccountReading, AccountReadings } from '../domain/account-reading';
import { AccountWatches, type WatchClaim, type WatchRest } from '../domain/account-watch';
import type { AccountReader } from './account-reader';
import { AccountWatcher, MAX_WATCHES } from './account-watcher';

const workspaceId = 'w1' as WorkspaceId;
const lineCalled = (id: string): Line =>
  ({
    id,
    workspaceId,
    channel: 'email',
    bridgeUrl: null,
    deviceId: id,
    isActive: true,
    account: { id: `account-${id}`, settings: {}, secrets: 'sealed' },
  }) as unknown as Line;

/** The claims of all workers. */
class Claims extends AccountWatches {
  readonly rows = new Map<string, { token: string | null } & WatchRest>();

  async taken(keys: readonly string[], now: Date) {
    return new Set(keys.filter((key) => (this.rows.get(key)?.until ?? now) > now));
  }
  async claim({ key, token }: WatchClaim, until: Date, now: Date) {
    const { failures, until: before } = this.rows.get(key) ?? { failures: 0, until: now };
    if (before > now) return null;
    this.rows.set(key, { token, until, failures });
    return failures;
  }
  async renew(keys: readonly string[], token: string, until: Date) {
    const held = keys.filter((key) => this.rows.get(key)?.token === token);
    for (const key of held) this.rows.get(key)!.until = until;
    return new Set(held);
  }
  async end({ key, token }: WatchClaim, rest: WatchRest) {
    if (this.rows.get(key)?.token === token) this.rows.set(key, { token: null, ...rest });
  }
  async nextAt() {
    return null;
  }
}

/** Accounts with a line each, and workers that watch them. */
function setUp(count = 1) {
  let now = Date.parse('2027-03-01T12:00:00Z');
  const lines = Array.from({ length: count }, (_, n) => lineCalled(`line-${String(n).padStart(4, '0')}`));
  const readings = lines.map(
    (line) =>
      ({ key: accountKeyOf(line), workspaceId, lineId: line.id, activeUntil: new Date(now + 3_600_000) }) as AccountReading,
  );
  const claims = new Claims();
  const open = new Map<string, { end: (end: WatchEnd) => void; tell: () => void }>();
  const log = { begun: [] as string[], read: [] as string[] };
  const watch = ({ id }: { id: string }, tell: () => void, signal: AbortSignal) => {
    log.begun.push(id);
    return new Promise<WatchEnd>((resolve) => {
      const end = (why: WatchEnd) => {
        open.delete(id);
        resolve(why);
      };
      open.set(id, { end, tell });
      signal.addEventListener('abort', () => end('lost'));
    });
  };
  const worker = (token: string) =>
    new AccountWatcher(
      {
        findMany: async (keys: string[]) => readings.filter(({ key }) => keys.includes(key)),
        inUse: async (_: unknown, at: Date, after: string, limit: number) =>
          readings.filter(({ key, activeUntil }) => key > after && activeUntil > at).slice(0, limit),
      } as unknown as AccountReadings,
      claims,
      { isAccountReadSince: async (key: string) => log.read.push(key) > 0 } as unknown as AccountReader,
      {
        find: async (_: WorkspaceId, id: string) => lines.find((line) => line.id === id) ?? null,
        all: async () => lines,
      } as unknown as Lines,
      { opened: (line: Line) => ({ id: line.id }) } as unknown as LinesService,
      { watchable: ['email'], of: () => ({ watch }) } as unknown as Channels,
      { every: () => undefined } as unknown as Ticks,
      { now: () => new Date(now), sleep: () => turn() } as unknown as Clock,
      { token: () => token } as unknown as Ids,
    );
  const pass = (milliseconds: number) => void (now += milliseconds);
  return { worker, pass, lines, readings, claims, open, log, now: () => now, first: readings[0]! };
}

describe('an account that is watched', () => {
  it('is watched by one worker, which has it read when something has come', async () => {
    const { worker, open, log, first } = setUp();
    const [one, other] = [worker('one'), worker('other')];
    await Promise.all([one.tick(), other.tick()]);
    for (let round = 0; round < 3; round += 1) await Promise.all([one.tick(), other.tick()]);
    expect(log.begun).toEqual(['line-0000']);
    open.get('line-0000')!.tell();
    expect(log.read).toEqual([first.key]);
  });

  it('is taken over once its claim has run out, and the one that slept lets go of it', async () => {
    const { worker, pass, log, claims, first } = setUp();
    const [one, other] = [worker('one'), worker('other')];
    await one.tick();
    pass(29_000);
    await other.tick();
    expect(log.begun).toHaveLength(1);
    pass(1_000);
    await other.tick();
    expect(log.begun).toHaveLength(2);
    await one.tick();
    await turn();
    expect(claims.rows.get(first.key)).toMatchObject({ token: 'other' });
    await one.beforeApplicationShutdown();
    expect(claims.rows.get(first.key)).toMatchObject({ token: 'other' });
  });

  it('is kept as long as its worker lives', async () => {
    const { worker, pass, log } = setUp();
    const [one, other] = [worker('one'), worker('other')];
    for (let round = 0; round < 50; round += 1) {
      await one.tick();
      await other.tick();
      pass(10_000);
    }
    expect(log.begun).toHaveLength(1);
  });

  it('is given back at the end of the process', async () => {
    const { worker, log, open } = setUp();
    const [one, other] = [worker('one'), worker('other')];
    await one.tick();
    await one.beforeApplicationShutdown();
    expect(open.size).toBe(0);
    await one.tick();
    await other.tick();
    expect([log.begun.length, open.size]).toEqual([2, 1]);
  });

  it('rests longer after each lost connection, for all workers', async () => {
    const { worker, pass, open, log, now } = setUp();
    const workers = [worker('one'), worker('other')];
    const begun: number[] = [];
    for (let second = 0; second < 3_600; second += 1) {
      for (const one of workers) await one.tick();
      if (log.begun.length > begun.length) begun.push(now());
      open.get('line-0000')?.end('lost');
      await turn();
      pass(1_000);
    }
    const pauses = begun.slice(1).map((at, index) => (at - begun[index]!) / 1_000);
    expect(pauses).toEqual([10, 20, 40, 80, 160, 320, 640, 900, 900]);
  });

  it('that cannot be watched is left alone for a quarter of an hour', async () => {
    const { worker, pass, open, log } = setUp();
    const one = worker('one');
    await one.tick();
    open.get('line-0000')!.end('unavailable');
    await turn();
    pass(899_000);
    await one.tick();
    expect(log.begun).toHaveLength(1);
    pass(1_000);
    await one.tick();
    expect(log.begun).toHaveLength(2);
  });

  it.each<[string, (line: Line, reading: AccountReading) => void]>([
    ['its line is not active any more', (line) => void (line.isActive = false)],
    ['its line is on another account', (line) => void Object.assign(line.account!, { id: 'another' })],
    ['it is not in use any more', (_, reading) => void (reading.activeUntil = new Date(0))],
  ])('is let go of within a minute when %s', async (_, change) => {
    const { worker, pass, open, lines, first, log } = setUp();
    const one = worker('one');
    await one.tick();
    change(lines[0]!, first);
    for (let round = 0; round < 3; round += 1) {
      pass(10_000);
      await one.tick();
    }
    expect([open.size, log.begun.length]).toEqual([0, 1]);
  });

  it('is watched anew with the settings that it has got', async () => {
    const { worker, pass, open, lines, log } = setUp();
    const one = worker('one');
    await one.tick();
    Object.assign(lines[0]!.account!, { secrets: 'sealed anew' });
    for (let round = 0; round < 3; round += 1) {
      pass(10_000);
      await one.tick();
    }
    expect([open.size, log.begun.length]).toEqual([1, 2]);
  });
});

describe('many accounts', () => {
  it('are begun some at a time, each once, and are not more than a process may have', async () => {
    const { worker, open, log, pass } = setUp(2 * MAX_WATCHES + 50);
    const workers = [worker('one'), worker('other')];
    await workers[0]!.tick();
    expect(open.size).toBe(20);
    for (let round = 0; round < 30; round += 1) {
      for (const one of workers) await one.tick();
      pass(5_000);
    }
    expect([open.size, new Set(log.begun).size, log.begun.length]).toEqual(Array(3).fill(2 * MAX_WATCHES));
  });
});

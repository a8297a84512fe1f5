import type { Channels, Reading } from '../../channels';
import { accountKeyOf, type Line, type Lines, type LinesService } from '../../lines';
import type { Clock } from '../../platform/clock';
import type { Config } from '../../platform/config';
import type { Ids, WorkspaceId } from '../../platform/ids';
import type { Ticks } from '../../platform/ticks';
import type { AccountReading, AccountReadings } from '../domain/account-reading';
import { AccountReader } from './account-reader';
import type { ProviderNews } from './provider-news';

const NOW = new Date('2027-03-01T12:00:00Z');
const workspaceId = 'w1' as WorkspaceId;

const lineCalled = (id: string, change: Partial<Line> = {}): Line =>
  ({
    id,
    workspaceId,
    channel: 'imessage',
    bridgeUrl: 'http://mac.example',
    deviceId: 'mac',
    isActive: true,
    health: { status: 'healthy' },
    ...change,
  }) as Line;

/** An account of some lines, of which `a` was the last in use, and what each line gives when it is asked. */
const account = (lines: Line[], gives: Record<string, 'all' | 'nothing' | 'sealed' | 'silence'>) => {
  const asked: string[] = [];
  const results: string[] = [];
  const key = accountKeyOf(lineCalled('a'));
  const reading = {
    key,
    workspaceId,
    lineId: 'a',
    cursor: null,
    since: NOW,
    activeUntil: NOW,
    readAt: null,
  } as unknown as AccountReading;
  const all: Reading = { events: [], cursor: { read: 1 }, more: false };
  const reader = new AccountReader(
    {
      find: () => Promise.resolve(reading),
      activate: () => Promise.resolve(),
      claim: () => Promise.resolve(reading),
      done: () => Promise.resolve(results.push('done') > 0),
      failed: () => Promise.resolve(void results.push('failed')),
      due: () => Promise.resolve([reading]),
    } as unknown as AccountReadings,
    { takeReading: () => Promise.resolve([]) } as unknown as ProviderNews,
    {
      find: (_: WorkspaceId, id: string) => Promise.resolve(lines.find((line) => line.id === id) ?? null),
      all: () => Promise.resolve(lines),
    } as unknown as Lines,
    { opened: (line: Line) => (gives[line.id] === 'sealed' ? null : { id: line.id }) } as unknown as LinesService,
    {
      canPoll: () => true,
      of: () => ({
        poll: ({ id }: { id: string }) => {
          asked.push(id);
          if (gives[id] === 'silence') return new Promise<never>(() => undefined);
          return Promise.resolve(gives[id] === 'all' ? all : null);
        },
      }),
    } as unknown as Channels,
    { every: () => undefined } as unknown as Ticks,
    { token: () => 't' } as unknown as Ids,
    { now: () => NOW, sleep: () => Promise.resolve() } as unknown as Clock,
    { TICK_MS: 1_000 } as unknown as Config,
  );
  return { asked, results, tick: () => reader.tick() };
};

describe('by which line an account is read', () => {
  it('is the one in use last, alone, where that works', async () => {
    const { asked, results, tick } = account([lineCalled('a'), lineCalled('b')], { a: 'all', b: 'all' });
    await tick();
    expect([asked, results]).toEqual([['a'], ['done']]);
  });

  it.each(['nothing', 'sealed'] as const)('is another that works, where the one in use last gives %s', async (a) => {
    const { asked, results, tick } = account([lineCalled('a'), lineCalled('b')], { a, b: 'all' });
    await tick();
    expect(asked.at(-1)).toBe('b');
    expect(results).toEqual(['done']);
  });

  it('is none that is known not to work, and none of another account', async () => {
    const unhealthy = lineCalled('b', { health: { status: 'unhealthy' } as Line['health'] });
    const inactive = lineCalled('c', { isActive: false });
    const elsewhere = lineCalled('d', { deviceId: 'another' });
    const gives = { a: 'nothing', b: 'all', c: 'all', d: 'all' } as const;
    const { asked, results, tick } = account([lineCalled('a'), unhealthy, inactive, elsewhere], gives);
    await tick();
    expect([asked, results]).toEqual([['a'], ['failed']]);
  });

  it('is any of the account once the one in use last is gone, even one that cannot send', async () => {
    const unhealthy = lineCalled('b', { health: { status: 'unhealthy' } as Line['health'] });
    const { asked, results, tick } = account([unhealthy], { b: 'all' });
    await tick();
    expect([asked, results]).toEqual([['b'], ['done']]);
  });

  it('is three at most: an account that cannot be read is not asked for by all its lines', async () => {
    const lines = ['a', 'b', 'c', 'd', 'e'].map((id) => lineCalled(id));
    const { asked, results, tick } = account(lines, {});
    await tick();
    expect([asked, results]).toEqual([['a', 'b', 'c'], ['failed']]);
  });
});

describe('an account that answers nothing', () => {
  it('does not hold up the tick, and is asked once', async () => {
    const { asked, tick } = account([lineCalled('a')], { a: 'silence' });
    await tick();
    await tick();
    expect(asked).toEqual(['a']);
  });
});

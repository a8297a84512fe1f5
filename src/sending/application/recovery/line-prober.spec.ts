import type { Line, LinesService } from '../../../lines';
import type { Config } from '../../../platform/config';
import type { Ticks } from '../../../platform/ticks';
import type { Planner } from '../planning/planner';
import { LineProber } from './line-prober';

const lineCalled = (id: string) => ({ id, workspaceId: `of ${id}`, health: { unhealthySince: null } }) as unknown as Line;

/** Lines that are to be probed, and what each says: nothing, that it works or not, or an error of ours. */
function proberOf(lines: Record<string, 'silence' | 'well' | 'ill' | 'error'>) {
  const due = Object.keys(lines);
  const woken: string[] = [];
  const probe = (line: Line) => {
    const says = lines[line.id]!;
    if (says === 'silence') return new Promise<never>(() => undefined);
    if (says === 'error') return Promise.reject(new Error('the store is away'));
    return Promise.resolve({ line, failure: says === 'ill' ? { message: 'ill', scope: 'line' } : null });
  };
  const prober = new LineProber(
    {
      takeForProbe: () => Promise.resolve(due.length > 0 ? lineCalled(due.shift()!) : null),
      probe,
      nextProbeAt: () => Promise.resolve(null),
    } as unknown as LinesService,
    { wake: (workspaceId: string) => Promise.resolve(void woken.push(workspaceId)) } as unknown as Planner,
    { every: () => undefined } as unknown as Ticks,
    { TICK_MS: 1_000 } as unknown as Config,
  );
  return { prober, woken, due };
}

describe('the probing of lines', () => {
  it('wakes those that work again, whatever becomes of the others', async () => {
    const { prober, woken } = proberOf({ a: 'silence', b: 'well', c: 'error', d: 'ill', e: 'well' });
    await prober.probe();
    expect(woken).toEqual(['of b', 'of e']);
  });

  it('is not held up by lines that answer nothing, and has but so many under way', async () => {
    const silent = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`s${index}`, 'silence'] as const));
    const { prober, due } = proberOf(silent);
    await prober.probe();
    expect(due).toHaveLength(50);
    await prober.probe();
    expect(due).toHaveLength(50);
  });
});

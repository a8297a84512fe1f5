import fc from 'fast-check';
import { treePrefix } from '../storage/keys';
import { Overlay } from '../storage/overlay';
import type { Entry } from '../storage/readers';

const TREES = [treePrefix(17), treePrefix(18), treePrefix(300)];
const EVERYTHING = [treePrefix(0), treePrefix(0xffffff)] as const;
const committed: Entry[] = [];

const key = fc
  .tuple(fc.constantFrom(...TREES), fc.string({ unit: 'binary-ascii', maxLength: 3 }))
  .map(([tree, rest]) => tree + rest);
const write = fc.record({
  kind: fc.constantFrom('put' as const, 'remove' as const, 'add' as const),
  key,
  value: fc.integer({ min: 1, max: 99 }),
});
const read = fc.record({
  kind: fc.constant('read' as const),
  from: key,
  to: key,
  limit: fc.integer({ min: 1, max: 9 }),
  reverse: fc.boolean(),
});

/** What is to be read: the committed entries with the writes over them, sorted anew each time. */
function expected(writes: ReadonlyMap<string, Buffer | null>, from: string, to: string, { limit = 9, reverse = false }): Entry[] {
  const all = new Map<string, Buffer | null>(committed.map((entry) => [entry.key, entry.value]));
  for (const [name, value] of writes) all.set(name, value);
  const within = [...all].filter(([name, value]) => value && name >= from && name < to);
  const sorted = within.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => ({ key: name, value: value! }));
  return (reverse ? sorted.reverse() : sorted).slice(0, limit);
}

const base = (from: string, to: string): Entry[] => expected(new Map(), from, to, { limit: Infinity });

describe("a transaction's own writes", () => {
  beforeAll(() => {
    for (const tree of TREES)
      for (const rest of ['a', 'b', 'bb', 'c']) committed.push({ key: tree + rest, value: Buffer.from([0]) });
  });

  it('are read in order, over what is committed, whenever somebody reads', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(write, read), { maxLength: 60 }), (steps) => {
        const overlay = new Overlay();
        const writes = new Map<string, Buffer | null>();
        for (const step of steps) {
          if (step.kind === 'read') {
            const [from, to] = [step.from, step.to].sort() as [string, string];
            const options = { limit: step.limit, reverse: step.reverse, values: true };
            const limited = (start: string, end: string) => expected(new Map(), start, end, options);
            expect(overlay.merged(from, to, options, limited)).toEqual(expected(writes, from, to, options));
            expect(overlay.touches(from, to)).toBe([...writes.keys()].some((name) => name >= from && name < to));
          } else {
            const isThere = writes.has(step.key) || committed.some((entry) => entry.key === step.key);
            const value = step.kind === 'remove' ? null : Buffer.from([step.value]);
            if (step.kind === 'add' && !isThere) overlay.add(step.key, value!);
            else overlay.set(step.key, value);
            writes.set(step.key, value);
            if (step.value % 2 === 0) expect(overlay.get(step.key)).toEqual(value);
          }
        }
        expect(new Map(overlay.entries())).toEqual(writes);
        expect(overlay.merged(...EVERYTHING, { limit: Infinity, values: true }, base)).toEqual(
          expected(writes, ...EVERYTHING, { limit: Infinity }),
        );
      }),
    );
  });

  it('are many', () => {
    const overlay = new Overlay();
    const names = Array.from(
      { length: 5_000 },
      (_, number) => TREES[number % 3]! + String((number * 7_919) % 5_000).padStart(4, '0'),
    );
    for (const name of names) overlay.set(name, Buffer.from([1]));
    const read = overlay.merged(TREES[1]!, TREES[2]!, { limit: Infinity }, () => []);
    expect(read.map((entry) => entry.key)).toEqual(names.filter((name) => name.startsWith(TREES[1]!)).sort());
  });
});

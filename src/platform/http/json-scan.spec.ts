import { JsonScan } from './json-scan';

const plenty = () => ({ containers: 1_000, values: 100_000 });
/** In chunks of `size` bytes, so that strings and escapes are cut anywhere. */
function scanned(text: string, size: number, budget = plenty()): JsonScan {
  const scan = new JsonScan(budget);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) if (!scan.take(bytes.subarray(at, at + size))) break;
  return scan;
}

describe('JSON that is looked at as it arrives', () => {
  it.each([1, 7, 10_000])('counts what is no string, in chunks of %i', (size) => {
    const text = JSON.stringify({ a: '[{,"\\', b: '\\"[[[[,,,', c: [1, 2, { d: [] }] });
    const exact = { containers: 4, values: 4 };
    expect(scanned(text, size, { ...exact }).isTooMuch).toBe(false);
    expect(scanned(text, size, { ...exact, containers: 3 }).isTooMuch).toBe(true);
    expect(scanned(text, size, { ...exact, values: 3 }).isTooMuch).toBe(true);
  });

  it('refuses an object with too many fields, and a list in a list in a list', () => {
    const fields = (count: number) => JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, 1])));
    expect(scanned(fields(2_000), 1_000).isTooMuch).toBe(false);
    expect(scanned(fields(2_001), 1_000).isTooMuch).toBe(true);
    expect(scanned(JSON.stringify(Array(5_000).fill(1)), 1_000).isTooMuch).toBe(false);
    expect(scanned('['.repeat(64), 10).isTooDeep).toBe(false);
    expect(scanned('['.repeat(65), 10).isTooDeep).toBe(true);
  });

  it.each([1, 999, 1_000_000])('says where a long list can be cut: between two elements, in chunks of %i', (size) => {
    const rows = Array.from({ length: 300 }, (_, n) => ({ n, text: '],[{'.repeat(200), list: [n, n] }));
    const text = JSON.stringify({ short: [1, 2], leads: rows, after: [3] });
    const { start, end, cuts } = scanned(text, size, { containers: 1_000, values: 2_000 }).longList!;
    expect(cuts.length).toBeGreaterThan(2);
    const borders = [start, ...cuts, end];
    const slices = borders.slice(1).map((border, index) => text.slice(borders[index]! + 1, border));
    expect(slices.flatMap((slice) => JSON.parse(`[${slice}]`) as object[])).toEqual(rows);
    expect(JSON.parse(`${text.slice(0, start)}5${text.slice(end + 1)}`)).toEqual({ short: [1, 2], leads: 5, after: [3] });
  });

  it('cuts no list that is short, that is the body itself, that lies deeper, or that ends as an object does', () => {
    const long = JSON.stringify(Array(100_000).fill(0));
    const endsWrong = `{"a":${long.slice(0, -1)}}}`;
    for (const text of [`{"a":[1,2,3]}`, long, `{"a":{"b":${long}}}`, endsWrong]) {
      expect(scanned(text, 10_000, { containers: 10, values: 1_000_000 }).longList).toBeNull();
    }
  });
});

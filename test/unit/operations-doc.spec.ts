import { readFileSync } from 'node:fs';
import { Metrics } from '../../src/platform/metrics';
import { METRICS } from '../../src/platform/metrics/definitions';

const GUIDE = readFileSync('docs/operations.md', 'utf8');

/** Rows of the table of metrics: the name, and the labels. */
const rows = [...GUIDE.matchAll(/^\| `(tuco_\w+)`\s*\|[^|]*\|([^|]*)\|/gm)].map(([, name, labels]) => ({
  name: name!,
  labels: [...labels!.matchAll(/`(\w+)`/g)].map(([, label]) => label),
}));

describe('docs/operations.md', () => {
  it('has every metric, with its labels, and no other', () => {
    const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
    const declared = Object.entries(METRICS).map(([name, { labels }]) => ({ name, labels: [...labels] }));
    expect([...rows].sort(byName)).toEqual(declared.sort(byName));
  });

  it('names no metric that is not there', () => {
    const metrics = new Metrics();
    metrics.measureProcess();
    const named = [...GUIDE.matchAll(/`(tuco_\w+)`/g)].map(([, name]) => name!);
    expect(named.filter((name) => !metrics.names.includes(name))).toEqual([]);
  });
});

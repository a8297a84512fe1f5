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

describe.each(['grafana.json', 'alerts.yml'])('docs/operations/%s', (file) => {
  const text = readFileSync(`docs/operations/${file}`, 'utf8').replaceAll('\\"', '"');

  it('asks for metrics that there are, by labels that they have', () => {
    const metrics = new Metrics();
    metrics.measureProcess();
    const known = new Map(metrics.names.map((name) => [name, labelsOf(name)]));
    const asked = [...text.matchAll(/\b(tuco_\w+)(?:\{(\w+)!?=)?/g)].map(([, name, label]) => ({ name: plain(name!), label }));
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter(({ name }) => !known.has(name))).toEqual([]);
    expect(asked.filter(({ name, label }) => label && !known.get(name)!.includes(label))).toEqual([]);
  });
});

/** The parts of a histogram have names of their own. */
const plain = (name: string): string => name.replace(/_(bucket|sum|count)$/, '');
const labelsOf = (name: string): readonly string[] => METRICS[name as keyof typeof METRICS]?.labels ?? [];

describe('every metric', () => {
  it('is shown, or watched', () => {
    const both = ['grafana.json', 'alerts.yml'].map((file) => readFileSync(`docs/operations/${file}`, 'utf8')).join('\n');
    expect(Object.keys(METRICS).filter((name) => !both.includes(name))).toEqual([]);
  });
});

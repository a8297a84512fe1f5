import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { withTimeout } from '../clock';
import { type Definition, type Labels, METRICS, type Name, type NameOf } from './definitions';

/** What was read for a scrape is good for the next ones for so long, in milliseconds. */
const READ_AGAIN_AFTER_MS = 5_000;
/** A store has so long to answer, in milliseconds; a scrape must not wait for a store that is away. */
const READ_WITHIN_MS = 2_000;

/** The value of a gauge, for each set of labels. */
interface Reading<N extends Name> {
  labels: Labels<N>;
  value: number;
}
type Read = () => Promise<readonly { labels: Record<string, string>; value: number }[]>;

interface DeclaredGauge {
  name: string;
  gauge: Gauge;
  labels: readonly string[];
}

const LATE = Symbol('late');

/**
 * Counts and measures, for `/metrics`. Modules know it and the names in `definitions.ts`, not the library
 * behind it. Each application of a process has its own.
 */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly counters = new Map<string, Counter>();
  private readonly histograms = new Map<string, Histogram>();
  private readonly reads = new Map<string, { read: Read; goodUntil: number; reading: Promise<void> | null }>();

  constructor() {
    for (const [name, definition] of Object.entries(METRICS)) this.declare(name, definition);
  }

  count<N extends NameOf<'counter'>>(name: N, labels: Labels<N>, by = 1): void {
    if (by > 0) this.counters.get(name)!.inc(labels, by);
  }

  observe<N extends NameOf<'histogram'>>(name: N, labels: Labels<N>, value: number): void {
    this.histograms.get(name)!.observe(labels, value);
  }

  /** Says how a gauge is read. It is read when somebody asks for it, and at most every five seconds. */
  gauge<N extends NameOf<'gauge'>>(name: N, read: () => Promise<readonly Reading<N>[]>): void {
    if (this.reads.has(name)) throw new Error(`The metric "${name}" is read in two places: Metrics.gauge may be called once`);
    this.reads.set(name, { read, goodUntil: 0, reading: null });
  }

  /** Measures the process as well: memory, processor, event loop. It costs something, so nobody else does. */
  measureProcess(): void {
    collectDefaultMetrics({ register: this.registry, prefix: 'tuco_' });
  }

  /** All of it, in the text format of Prometheus. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** The name of every metric. */
  get names(): string[] {
    return this.registry.getMetricsAsArray().map(({ name }) => name);
  }

  private declare(name: string, { kind, help, labels, buckets }: Definition): void {
    const options = { name, help, labelNames: [...labels], registers: [this.registry] };
    if (kind === 'counter') this.counters.set(name, new Counter(options));
    else if (kind === 'histogram') this.histograms.set(name, new Histogram({ ...options, buckets: [...buckets!] }));
    else {
      const gauge: Gauge = new Gauge({ ...options, collect: () => this.refresh({ name, gauge, labels }) });
      empty({ gauge, labels });
    }
  }

  private async refresh(declared: DeclaredGauge): Promise<void> {
    const known = this.reads.get(declared.name);
    if (!known || performance.now() < known.goodUntil) return;
    known.reading ??= this.read(declared, known.read).finally(() => {
      known.reading = null;
      known.goodUntil = performance.now() + READ_AGAIN_AFTER_MS;
    });
    await known.reading;
  }

  /** What could not be read is left out: an old value would look like one of now. */
  private async read(declared: DeclaredGauge, read: Read): Promise<void> {
    const readings = await withTimeout(
      read().catch(() => LATE),
      READ_WITHIN_MS,
      LATE,
    );
    empty(declared);
    if (typeof readings === 'symbol') return this.count('tuco_metric_failures_total', { metric: declared.name });
    for (const { labels, value } of readings) declared.gauge.set(labels, value);
  }
}

/** Without labels it would stay, as 0. */
function empty({ gauge, labels }: Pick<DeclaredGauge, 'gauge' | 'labels'>): void {
  gauge.reset();
  if (labels.length === 0) gauge.remove();
}

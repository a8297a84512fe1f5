import { recordOf } from '../storage/keys';
import type { Reader } from '../storage/readers';
import { END, isCut, textEnd } from '../values/ordered-key';
import type { KeyRange } from './bounds';
import type { IndexPlan, Plan, Spread } from './plans';

/** So many different texts are worth being read side by side. */
const MOST_TEXTS = 64;
/** So many of another word are worth being looked up for every window of the first one's records. */
const MOST_TEXTS_BESIDE = 16;
/** Read at once, to see whether the next text is close. */
const STEP = 8;
const CHUNK = 512;
/** So many entries are read in a few milliseconds, and the first of them found. */
const MOST_READ = 50_000;
/** So many are sorted in a few milliseconds. */
const MOST_SORTED = 10_000;
/** And so many while another word could give the order. */
const MOST_SORTED_ANYWAY = 2_000;

/**
 * A stretch of texts (those with a beginning) followed by the field that the query sorts by. Where the texts
 * are few, each has its own entries in the wanted order, and these are read side by side: so the first of
 * them are found without reading them all. Where they are many, but have few entries, these are read and
 * sorted, without reading documents. Several such words are met in the same order; who asks for the rarest
 * one first is answered soonest.
 */
export function spreadOut(reader: Reader, plan: Plan, wanted: number): Plan {
  if (plan.kind !== 'index' || !plan.spread) return plan;
  const { spread } = plan;
  const words = [plan.ranges, ...spread.others].map((ranges, i) => ({
    ranges,
    texts: i === 0 && spread.texts ? spread.texts : textsIn(reader, plan, ranges, spread),
  }));
  const [first, ...others] = words.filter(hasTexts);
  if (first !== words[0]) {
    const isAll = plan.residual.length === 0 && wanted > 0;
    const most = first ? MOST_SORTED_ANYWAY : isAll ? MOST_READ : MOST_SORTED;
    const records = sortedRecords(reader, plan, spread, { most, first: isAll ? wanted : Infinity });
    if (records) return { ...plan, records, sorted: true };
  }
  if (!first) return plan;
  const beside = others.filter(({ texts }) => !plan.index.unique && texts.length <= MOST_TEXTS_BESIDE);
  const also = words.filter((word) => word !== first && !beside.includes(word as WordOfTexts)).map(({ ranges }) => ranges);
  return inOrder(plan, spread, first, beside, also);
}

interface Word {
  ranges: KeyRange[];
  /** The beginnings of its keys up to the end of each text; absent: they are too many, or not texts alone. */
  texts: string[] | undefined;
}
type WordOfTexts = Word & { texts: string[] };
const hasTexts = (word: Word): word is WordOfTexts => word.texts !== undefined;

function inOrder(
  plan: IndexPlan,
  spread: Spread,
  { texts, ranges }: WordOfTexts,
  beside: WordOfTexts[],
  also: KeyRange[][],
): IndexPlan {
  const { low, high, reverse, filter } = spread;
  return {
    ...plan,
    ranges: texts.map((text) => ({ start: text + low, end: text + high })),
    mergeAfter: texts.length > 1 ? texts.map(({ length }) => length) : undefined,
    repeats: plan.repeats && texts.length > 1,
    reverse,
    sorted: true,
    meets: beside.length > 0 ? { others: beside.map((word) => word.texts), low, high } : undefined,
    also,
    residual: ranges === plan.ranges && !spread.texts ? plan.residual : filter,
  };
}

function textsIn(reader: Reader, { index }: IndexPlan, ranges: readonly KeyRange[], { at }: Spread): string[] | undefined {
  const texts: string[] = [];
  for (const { start, end } of ranges) {
    for (let from = index.prefix + start; ;) {
      const entries = reader.range(from, index.prefix + end, { limit: STEP });
      for (const { key } of entries) {
        if (key < from) continue;
        const length = isCut(key) ? undefined : textEnd(key, index.prefix.length + at);
        if (length === undefined || texts.length === MOST_TEXTS) return undefined;
        texts.push(key.slice(index.prefix.length, length));
        from = key.slice(0, length) + END;
      }
      if (entries.length < STEP) break;
    }
  }
  return texts;
}

/**
 * The records of the stretch in the order of what follows the text, the first ones at least; nothing when it
 * has more than `most` entries.
 */
function sortedRecords(
  reader: Reader,
  { index: { prefix, unique }, ranges }: IndexPlan,
  { at, low, high, reverse }: Spread,
  { most, first }: { most: number; first: number },
): number[] | undefined {
  if (unique) return undefined;
  const found = new FirstOf(first, reverse);
  let left = most;
  for (const { start, end } of ranges) {
    for (let from = prefix + start; ;) {
      const entries = reader.range(from, prefix + end, { limit: CHUNK });
      left -= entries.length;
      if (left < 0) return undefined;
      for (const { key } of entries) {
        const length = isCut(key) ? undefined : textEnd(key, prefix.length + at);
        if (length === undefined) return undefined;
        const suffix = key.slice(length);
        if (suffix >= low && suffix < high) found.add({ suffix, record: recordOf(key) });
      }
      if (entries.length < CHUNK) break;
      from = `${entries.at(-1)!.key}\0`;
    }
  }
  return found.records();
}

interface Suffixed {
  suffix: string;
  record: number;
}

/** The first `size` of all that are added; the same record may come again. */
class FirstOf {
  private kept: Suffixed[] = [];
  /** Behind all that are kept, once these are enough. */
  private edge: string | undefined;

  constructor(
    private readonly size: number,
    private readonly reverse: boolean,
  ) {}

  add(one: Suffixed): void {
    if (this.edge !== undefined && (this.reverse ? one.suffix < this.edge : one.suffix > this.edge)) return;
    this.kept.push(one);
    if (this.kept.length < 4 * this.size + CHUNK) return;
    this.sort();
    this.edge = this.kept.at(-1)!.suffix;
  }

  records(): number[] {
    this.sort();
    return this.kept.map(({ record }) => record);
  }

  private sort(): void {
    this.kept.sort((a, b) => (a.suffix === b.suffix ? 0 : a.suffix < b.suffix === this.reverse ? 1 : -1));
    this.kept = this.kept.filter(({ suffix }, i) => i === 0 || suffix !== this.kept[i - 1]!.suffix).slice(0, this.size);
  }
}

import type { Index } from '../indexes/definition';
import type { KeyRange } from './bounds';
import type { FilterNode } from './filter';

/** How to find the documents of a query. */
export type Plan = CollectionPlan | IndexPlan | UnionPlan;

export interface CollectionPlan {
  kind: 'collection';
  residual: FilterNode[];
  sorted: boolean;
  reverse: boolean;
}

export interface IndexPlan {
  kind: 'index';
  index: Index;
  ranges: KeyRange[];
  /** Every range is one whole key of a unique index, so its entry can be read directly. */
  direct: boolean;
  /**
   * When set, the ranges are read side by side in the order of what follows their first bytes of this number.
   */
  mergeAfter: number[] | undefined;
  reverse: boolean;
  sorted: boolean;
  /** May the same document come more than once? */
  repeats: boolean;
  /**
   * Further stretches of the index, each for a part of the residual: a document that satisfies it has an
   * entry in one of them.
   */
  also: KeyRange[][];
  residual: FilterNode[];
  /** The ranges are of texts, and the wanted order is that of what follows each (see spread.ts). */
  spread: Spread | undefined;
  /** Other words whose entries are in the same order, and are looked up beside the ranges. */
  meets?: Meets;
  /** What the ranges lead to, where it has been read and sorted. */
  records?: number[];
  score: number;
}

export interface Meets {
  /** The texts of each word, as the beginnings of their keys. */
  others: string[][];
  /** What of each text's entries is wanted, as in Spread. */
  low: string;
  high: string;
}

export interface Spread {
  /** Where in the keys the texts begin. */
  at: number;
  /** The beginnings of keys up to the end of each text; absent: they are to be found in the ranges. */
  texts: string[] | undefined;
  /** The stretches of further words, as in IndexPlan.also. */
  others: KeyRange[][];
  /** What of each text's entries is wanted: `text + low` ≤ key < `text + high`. */
  low: string;
  high: string;
  reverse: boolean;
  /** The whole filter. */
  filter: FilterNode[];
}

/** The branches of an `$or`, each by its own index. */
export interface UnionPlan {
  kind: 'union';
  plans: IndexPlan[];
  residual: FilterNode[];
  sorted: boolean;
}

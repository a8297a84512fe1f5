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
  /** When set, the ranges are read side by side in the order of what follows their first bytes of this number. */
  mergeAfter: number[] | undefined;
  reverse: boolean;
  sorted: boolean;
  /** May the same document come more than once? */
  repeats: boolean;
  /** Further stretches of the index, each for a part of the residual: a document that satisfies it has an entry in one of them. */
  also: KeyRange[][];
  residual: FilterNode[];
  score: number;
}

/** The branches of an `$or`, each by its own index. */
export interface UnionPlan {
  kind: 'union';
  plans: IndexPlan[];
  residual: FilterNode[];
  sorted: boolean;
}

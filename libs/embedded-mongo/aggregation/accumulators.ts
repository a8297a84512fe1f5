import { CommandError } from '../errors';
import { compareValues } from '../values/compare';
import { ExactSum } from '../values/exact-sum';
import { double } from '../values/numbers';
import { keyOfOne } from '../values/ordered-key';
import { type Doc, isDoc, isNumber, setField } from '../values/types';
import { unknownAccumulator } from './known';
import { isNil } from './runtime';

/** Takes the values of a group one by one. */
export interface Accumulator {
  add(value: unknown): void;
  result(): unknown;
}

class Sum implements Accumulator {
  private readonly sum = new ExactSum();

  add(value: unknown): void {
    if (typeof value === 'number' || isNumber(value)) this.sum.add(value);
  }

  result(): unknown {
    return this.sum.result();
  }
}

class Average implements Accumulator {
  private readonly sum = new ExactSum();
  private count = 0;

  add(value: unknown): void {
    if (!isNumber(value)) return;
    this.sum.add(value);
    this.count += 1;
  }

  result(): unknown {
    return this.count === 0 ? null : double(this.sum.toNumber() / this.count);
  }
}

class Extreme implements Accumulator {
  private best: unknown = undefined;

  constructor(private readonly sign: 1 | -1) {}

  add(value: unknown): void {
    if (isNil(value)) return;
    if (this.best === undefined || compareValues(value, this.best) * this.sign > 0) this.best = value;
  }

  result(): unknown {
    return this.best ?? null;
  }
}

class First implements Accumulator {
  private value: unknown;
  private has = false;

  add(value: unknown): void {
    if (!this.has) this.value = value ?? null;
    this.has = true;
  }

  result(): unknown {
    return this.value;
  }
}

class Last implements Accumulator {
  private value: unknown = null;

  add(value: unknown): void {
    this.value = value ?? null;
  }

  result(): unknown {
    return this.value;
  }
}

class Push implements Accumulator {
  private readonly values: unknown[] = [];

  add(value: unknown): void {
    if (value !== undefined) this.values.push(value);
  }

  result(): unknown {
    return this.values;
  }
}

class AddToSet implements Accumulator {
  private readonly values = new Map<string, unknown>();

  add(value: unknown): void {
    if (value !== undefined) this.values.set(keyOfOne(value), value);
  }

  result(): unknown {
    return [...this.values.values()];
  }
}

class MergeObjects implements Accumulator {
  private readonly merged: Doc = {};

  add(value: unknown): void {
    if (isNil(value)) return;
    if (!isDoc(value)) throw new CommandError(40400, '$mergeObjects requires object inputs');
    for (const key of Object.keys(value)) setField(this.merged, key, value[key]);
  }

  result(): unknown {
    return this.merged;
  }
}

const ACCUMULATORS: Record<string, () => Accumulator> = {
  $sum: () => new Sum(),
  $avg: () => new Average(),
  $min: () => new Extreme(-1),
  $max: () => new Extreme(1),
  $first: () => new First(),
  $last: () => new Last(),
  $push: () => new Push(),
  $addToSet: () => new AddToSet(),
  $mergeObjects: () => new MergeObjects(),
};

export function accumulatorOf(name: string): () => Accumulator {
  const make = ACCUMULATORS[name];
  if (!make) throw unknownAccumulator(name);
  return make;
}

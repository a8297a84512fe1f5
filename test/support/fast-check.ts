import * as library from '../../node_modules/fast-check/lib/cjs/fast-check.js';
import { RUNS_PERCENT } from './runs';

/*
 * What the tests get for `fast-check`: the library, with one seed for all runs, so that a red run belongs to
 * a change and not to a draw. `PROPERTY_SEED` takes another one (`random` draws one for each property), and
 * `PROPERTY_RUNS` multiplies the runs of each property: `npm run test:properties` explores with both. Without
 * it a fifth of the runs is made, fifty at least, and all of them with `RUNS_PERCENT=100`, as in `.ci/run`.
 */

const { PROPERTY_SEED = '11', PROPERTY_RUNS } = process.env;
const SHARE = PROPERTY_RUNS ? Number(PROPERTY_RUNS) : RUNS_PERCENT / 100;
const DEFAULT_RUNS = 100;
const FEWEST_RUNS = 50;

export * from '../../node_modules/fast-check/lib/cjs/fast-check.js';

/** As the library's, with the seed and the number of runs that the environment asks for. */
export const assert = (<T>(property: library.IRawProperty<T>, parameters: library.Parameters<T> = {}) => {
  const seed = PROPERTY_SEED === 'random' ? {} : { seed: Number(PROPERTY_SEED) };
  const all = parameters.numRuns ?? DEFAULT_RUNS;
  const numRuns = Math.ceil(Math.max(all * SHARE, Math.min(all, FEWEST_RUNS)));
  return library.assert(property, { ...seed, ...parameters, numRuns });
}) as typeof library.assert;

export default { ...library, assert };

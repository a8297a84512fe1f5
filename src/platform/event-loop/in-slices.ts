import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Work on many items gives the event loop back after this long, so that no request waits for another's ten
 * thousand rows.
 */
const SLICE_MS = 10;

/** `items.map(work)`, in slices of about 10 ms. */
export async function inSlices<T, R>(items: readonly T[], work: (item: T, index: number) => R): Promise<R[]> {
  const results: R[] = [];
  let sliceEnds = performance.now() + SLICE_MS;
  for (let index = 0; index < items.length; index += 1) {
    results.push(work(items[index]!, index));
    if (performance.now() > sliceEnds) {
      await nextTurn();
      sliceEnds = performance.now() + SLICE_MS;
    }
  }
  return results;
}

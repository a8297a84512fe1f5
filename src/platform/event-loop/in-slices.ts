import { Slices } from './slices';

/** `items.map(work)`, in slices of about 10 ms. */
export async function inSlices<T, R>(items: readonly T[], work: (item: T, index: number) => R): Promise<R[]> {
  const results: R[] = [];
  const slices = new Slices();
  for (let index = 0; index < items.length; index += 1) {
    results.push(work(items[index]!, index));
    if (slices.isOver) await slices.next();
  }
  return results;
}

import { setTimeout as pause } from 'node:timers/promises';
import { OutcomeUnknown } from '../../../platform/errors';
import { isOfStore } from '../../../platform/mongo';

const FIRST_PAUSE_MS = 50;
const MAX_PAUSE_MS = 1_000;

/** Did the store not do it, or not say whether it did? */
export const isStoreTrouble = (error: unknown): boolean => isOfStore(error) || error instanceof OutcomeUnknown;

/**
 * Does what must not be lost because MongoDB has no primary for some seconds, again and again: the work must
 * be harmless when it is done twice.
 * @param withinMs how long
 * @throws the last error after that, and at once whatever is no trouble of the store
 */
export async function insist<T>(work: () => Promise<T>, withinMs: number): Promise<T> {
  const giveUpAt = performance.now() + withinMs;
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(MAX_PAUSE_MS, wait * 2)) {
    try {
      return await work();
    } catch (error) {
      if (!isStoreTrouble(error) || performance.now() + wait > giveUpAt) throw error;
    }
    await pause(wait);
  }
}

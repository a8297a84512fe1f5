import type { Clock } from './clock';

/** What is remembered may be this old when a request is judged by it; so a removed key stops within a second. */
export const REMEMBERED_MS = 1_000;
const REMEMBER_AT_MOST = 10_000;

/** Remembers answers for a second, misses too. */
export class ShortMemory<T> {
  private readonly known = new Map<string, { at: number; value: T }>();

  constructor(private readonly clock: Clock) {}

  async get(key: string, ask: () => Promise<T>): Promise<T> {
    const found = this.recall(key);
    if (found !== undefined) return found;
    const askedAt = this.clock.now();
    const value = await ask();
    this.keep(key, value, askedAt);
    return value;
  }

  recall(key: string): T | undefined {
    const found = this.known.get(key);
    const age = found ? this.clock.now().getTime() - found.at : Infinity;
    // A clock that was set back must not make anything last longer.
    return age >= 0 && age < REMEMBERED_MS ? found!.value : undefined;
  }

  /** @param askedAt from before the answer was looked for */
  keep(key: string, value: T, askedAt: Date): void {
    if (this.known.size >= REMEMBER_AT_MOST) this.known.clear();
    this.known.set(key, { at: askedAt.getTime(), value });
  }
}

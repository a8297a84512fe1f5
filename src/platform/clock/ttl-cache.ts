import type { Clock } from './clock';

/**
 * What is remembered may be this old when a request is judged by it; so a removed key stops within a second.
 */
export const CACHE_TTL_MS = 1_000;
const MAX_ENTRIES = 10_000;

/** Remembers answers for a second, misses too. */
export class TtlCache<T> {
  private readonly entries = new Map<string, { at: number; value: T }>();

  constructor(private readonly clock: Clock) {}

  async get(key: string, ask: () => Promise<T>): Promise<T> {
    const found = this.peek(key);
    if (found !== undefined) return found;
    const askedAt = this.clock.now();
    const value = await ask();
    this.set(key, value, askedAt);
    return value;
  }

  peek(key: string): T | undefined {
    const found = this.entries.get(key);
    const age = found ? this.clock.now().getTime() - found.at : Infinity;
    // A clock that was set back must not make anything last longer.
    return age >= 0 && age < CACHE_TTL_MS ? found!.value : undefined;
  }

  /** @param askedAt from before the answer was looked for */
  set(key: string, value: T, askedAt: Date): void {
    if (this.entries.size >= MAX_ENTRIES) this.entries.clear();
    this.entries.set(key, { at: askedAt.getTime(), value });
  }

  delete(key: string): void {
    this.entries.delete(key);
  }
}

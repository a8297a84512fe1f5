/** A look is a request as a rule, and takes the machine some milliseconds. */
const LOOK_EVERY_MS = 100;

/**
 * Waits for a condition: looks again and again until `look` gives something true, or fails with what it saw
 * last.
 */
export async function eventually<T>(look: () => Promise<T | undefined | null | false>, withinMs = 60_000): Promise<T> {
  const giveUpAt = Date.now() + withinMs;
  let last: unknown;
  while (Date.now() < giveUpAt) {
    last = await look();
    if (last) return last as T;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error(`It did not come to pass in ${withinMs} ms; seen last: ${JSON.stringify(last)?.slice(0, 2_000)}`);
}

const RETRIES = 3;
const FIRST_RETRY_MS = 10_000;
const RETRY_GROWS = 4;

/** What made a message fail late may have passed after this: a phone is on again, a network less busy. */
const ONCE_MORE_AFTER_MS = 30 * 60_000;

/** When a message goes once more that its provider had taken, and did not get to the person. */
export const onceMoreAt = (now: Date): Date => new Date(now.getTime() + ONCE_MORE_AFTER_MS);

/**
 * When a proven refusal is tried again; `null` when it has been often enough.
 * @param random 0 to 1, spreads the retries
 */
export function retryAt(refusals: number, now: Date, random: number): Date | null {
  if (refusals > RETRIES) return null;
  return new Date(now.getTime() + FIRST_RETRY_MS * RETRY_GROWS ** (refusals - 1) * (0.75 + random / 2));
}

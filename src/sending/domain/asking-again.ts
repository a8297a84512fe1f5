/** A provider is asked again about an attempt after this, in milliseconds; */
const FIRST_MS = 15_000;
/** and one that has been away for long after no longer than this. */
const LONGEST_MS = 2 * 60_000;

/**
 * How long to wait before a provider is asked once more what became of an attempt. One that has been away for
 * hours is asked less often: each question is a call and a write.
 * @param sinceMs milliseconds since the attempt began
 * @param canBeAsked it answers, but knows nothing yet
 * @param giveUpMs for how long one that can be asked is asked at all, in milliseconds
 * @returns milliseconds
 */
export function askedAgainAfter(sinceMs: number, canBeAsked: boolean, giveUpMs: number): number {
  const first = Math.min(FIRST_MS, giveUpMs);
  return canBeAsked ? first : Math.max(first, Math.min(LONGEST_MS, Math.round(sinceMs / 20)));
}

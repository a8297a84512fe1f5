import type { Schemas } from '../../app/api';
import { count } from '../../parts/words';

type Counts = Schemas['StatusCounts'];

/** What the provider has taken. `sent` and `delivered` are apart: a delivered message is no longer `sent`. */
const sentOf = (counts: Counts): number => counts.sent + counts.delivered;

/** What the bar of a campaign says: "4 sent, 1 to go, 3 cancelled". */
export const progressWords = (counts: Counts): string =>
  [
    `${count(sentOf(counts))} sent`,
    `${count(counts.scheduled + counts.queued)} to go`,
    ...(counts.cancelled > 0 ? [`${count(counts.cancelled)} cancelled`] : []),
    ...(counts.failed > 0 ? [`${count(counts.failed)} failed`] : []),
  ].join(', ');

/** Those that ended in the end by another channel count as messages of their own. */
const totalOfCounts = (counts: Counts): number =>
  counts.scheduled + counts.queued + counts.sent + counts.delivered + counts.failed + counts.cancelled + counts.fallback;

/** The share of messages that nothing more becomes of: from 0 to 1. */
export function outOf(counts: Counts): number {
  const total = totalOfCounts(counts);
  return total === 0 ? 0 : (total - counts.scheduled - counts.queued) / total;
}

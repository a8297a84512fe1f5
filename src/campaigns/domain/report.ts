/** The counter subject of a campaign's replies. */
export const repliesSubject = (campaignId: string): string => `replies:${campaignId}`;
export const REPLIES_KEY = 'replies';

const COUNTED = ['scheduled', 'queued', 'sent', 'delivered', 'fallback', 'failed', 'cancelled'] as const;
export type CountedStatus = (typeof COUNTED)[number];
export type StatusCounts = Record<CountedStatus, number>;

/** Statuses of messages that are not over. `queued` counts `pending` and `sending` too. */
export const OPEN: readonly CountedStatus[] = ['scheduled', 'queued'];

const none = (): StatusCounts => Object.fromEntries(COUNTED.map((status) => [status, 0])) as StatusCounts;

/** Counts by step and in all, from keys `stepId:status`. */
export function statusCounts(counts: ReadonlyMap<string, number>): { total: StatusCounts; byStep: Map<string, StatusCounts> } {
  const total = none();
  const byStep = new Map<string, StatusCounts>();
  for (const [key, n] of counts) {
    const [stepId, status] = key.split(':') as [string, CountedStatus];
    const step = byStep.get(stepId) ?? none();
    step[status] += n;
    total[status] += n;
    byStep.set(stepId, step);
  }
  return { total, byStep };
}

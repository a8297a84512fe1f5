/**
 * The counter subject of a campaign's replies: `replies` in all, `step:<id>` by the step that was answered.
 */
export const repliesSubject = (campaignId: string): string => `replies:${campaignId}`;
export const REPLIES_KEY = 'replies';
/** In the same subject: people who opted out, in all and by the step that they had got last. */
export const OPT_OUTS_KEY = 'optOuts';
export const optOutsAfterStep = (stepId: string): string => `optOuts:${stepId}`;
export const repliesToStep = (stepId: string): string => `step:${stepId}`;

const COUNTED = ['scheduled', 'queued', 'sent', 'delivered', 'fallback', 'failed', 'cancelled'] as const;
type CountedStatus = (typeof COUNTED)[number];
export type StatusCounts = Record<CountedStatus, number>;

/** Statuses of messages that are not over. `queued` counts `pending` and `sending` too. */
const OPEN: readonly CountedStatus[] = ['scheduled', 'queued'];

export const openIn = (counts: StatusCounts): number => OPEN.reduce((sum, status) => sum + counts[status], 0);

export const noCounts = (): StatusCounts => Object.fromEntries(COUNTED.map((status) => [status, 0])) as StatusCounts;

/** Counts by step and in all, from keys `stepId:status`. */
export function statusCounts(counts: ReadonlyMap<string, number>): { total: StatusCounts; byStep: Map<string, StatusCounts> } {
  const total = noCounts();
  const byStep = new Map<string, StatusCounts>();
  for (const [key, n] of counts) {
    const [stepId, status] = key.split(':') as [string, CountedStatus];
    const step = byStep.get(stepId) ?? noCounts();
    step[status] += n;
    total[status] += n;
    byStep.set(stepId, step);
  }
  return { total, byStep };
}

/** One UTC day of a campaign. */
export interface ReportDay {
  /** `YYYY-MM-DD`. */
  date: string;
  /**
   * Sent that day, and still held for sent: a message whose provider took it back later is not among them.
   */
  sent: number;
  delivered: number;
  /** Enrollments whose first reply came that day. */
  replies: number;
}

/** The days on which something happened, in order, from keys `YYYY-MM-DD:what`. */
export function dailySeries(counts: ReadonlyMap<string, number>): ReportDay[] {
  const days = new Map<string, ReportDay>();
  for (const [key, n] of counts) {
    const [date, what] = key.split(':') as [string, 'sent' | 'delivered' | 'replies'];
    const day = days.get(date) ?? { date, sent: 0, delivered: 0, replies: 0 };
    day[what] += n;
    days.set(date, day);
  }
  return [...days.values()]
    .filter(({ sent, delivered, replies }) => sent > 0 || delivered > 0 || replies > 0)
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** Replies for each message that was sent, 0 to 1. */
export function replyRate(replies: number, { sent, delivered }: StatusCounts): number {
  const reached = sent + delivered;
  return reached === 0 ? 0 : Math.min(1, replies / reached);
}

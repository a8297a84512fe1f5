/** What is known of a metric before anything is measured. */
export interface Definition {
  kind: 'counter' | 'gauge' | 'histogram';
  help: string;
  /** Each has few values, which do not grow with the data: no ids, no tenants, no raw paths. */
  labels: readonly string[];
  /** Upper bounds of a histogram's buckets, in seconds. */
  buckets?: readonly number[];
}

const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const LATE_SECONDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900];

/**
 * Every metric of the product. Their names and labels are a promise to those who watch it
 * (docs/operations.md, which a test compares with them): they may be added to, not changed.
 */
export const METRICS = {
  tuco_build_info: {
    kind: 'gauge',
    help: 'Always 1: which version runs in which role',
    labels: ['version', 'role'],
  },
  tuco_http_request_duration_seconds: {
    kind: 'histogram',
    help: 'How long requests took, by the template of their route',
    labels: ['method', 'route', 'status'],
    buckets: REQUEST_SECONDS,
  },
  tuco_messages_due_lag_seconds: {
    kind: 'gauge',
    help: 'Age of the oldest queued message that is due and not put aside; 0 without one',
    labels: [],
  },
  tuco_turns_overdue_seconds: {
    kind: 'gauge',
    help: 'Age of the oldest moment that a line was to send at and has not; 0 without one',
    labels: [],
  },
  tuco_turn_lag_seconds: {
    kind: 'histogram',
    help: 'How long after their moment send jobs began',
    labels: ['channel'],
    buckets: LATE_SECONDS,
  },
  tuco_sends_total: {
    kind: 'counter',
    help: 'Hand-overs to a channel, by how they ended',
    labels: ['channel', 'outcome'],
  },
  tuco_unknown_outcomes_total: {
    kind: 'counter',
    help: 'Unknown outcomes that were settled, by what they were settled as; unknown is for good',
    labels: ['channel', 'settled_as'],
  },
  tuco_unknown_outcomes_open: {
    kind: 'gauge',
    help: 'Messages whose provider did not say whether it sent them, and which it is still asked about',
    labels: [],
  },
  tuco_lines: { kind: 'gauge', help: 'Active lines by health', labels: ['channel', 'health'] },
  tuco_accounts: {
    kind: 'gauge',
    help: 'Devices and provider accounts behind active lines, by the health of the worst line on them',
    labels: ['channel', 'health'],
  },
  tuco_webhook_attempts_total: {
    kind: 'counter',
    help: 'Calls of webhook endpoints: the class of their status, or no_answer',
    labels: ['result'],
  },
  tuco_import_rows_total: {
    kind: 'counter',
    help: 'Rows of CSV files that were worked off',
    labels: ['kind', 'result'],
  },
  tuco_mongodb_connections: {
    kind: 'gauge',
    help: 'Connections of this process to MongoDB that are in use, and requests that wait for one',
    labels: ['state'],
  },
  tuco_queue_jobs: { kind: 'gauge', help: 'Jobs in Redis by queue and state', labels: ['queue', 'state'] },
  tuco_clock_skew_seconds: {
    kind: 'gauge',
    help: "By how much this machine's clock is off from MongoDB's, at least",
    labels: [],
  },
  tuco_workers_alive: { kind: 'gauge', help: 'Workers that gave a sign of life lately', labels: [] },
  tuco_metric_failures_total: {
    kind: 'counter',
    help: 'Metrics that could not be read when they were asked for, because a store did not answer in time',
    labels: ['metric'],
  },
} as const satisfies Record<string, Definition>;

type All = typeof METRICS;
export type Name = keyof All;
type Kind = Definition['kind'];

export type NameOf<K extends Kind> = { [N in Name]: All[N]['kind'] extends K ? N : never }[Name];
export type Labels<N extends Name> = Record<All[N]['labels'][number], string>;

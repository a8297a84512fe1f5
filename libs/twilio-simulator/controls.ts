/** How long everything takes, in milliseconds. */
export interface Times {
  /** From one segment of a sender to the next. */
  segmentMs: number;
  /** From sending a message to its receipt, or its error. */
  deliveredMs: number;
  /** From a status to its report. */
  callbackMs: number;
  /** What a sender queues at most; a message beyond is refused, or fails where a service has taken it. */
  queueMs: number;
  /** For how long a request hangs that is never answered. */
  holdMs: number;
}

/** As a US long code does. */
export const REAL_TIMES: Times = { segmentMs: 1_000, deliveredMs: 2_000, callbackMs: 100, queueMs: 36_000_000, holdMs: 300_000 };

/** For tests: what somebody waits for is short. */
export const QUICK_TIMES: Times = { segmentMs: 0, deliveredMs: 20, callbackMs: 2, queueMs: 36_000_000, holdMs: 10_000 };

/** What can be changed while it runs. */
export interface Controls {
  /** Before each answer, in milliseconds. */
  latencyMs: number;
  /** Requests that an account may make in a second; `null`: any number. Others are answered with 429. */
  requestsPerSecond: number | null;
  /**
   * How statuses are reported: `in-order`; `reversed`, the last one first; `twice`, each two times; `lost`,
   * not at all.
   */
  callbacks: 'in-order' | 'reversed' | 'twice' | 'lost';
  /** Which messages fail that a magic number takes: all, or the first, as of a phone that is on again. */
  lateErrors: 'always' | 'first';
  /** A message that is delivered is also reported as read, as on RCS. */
  readReceipts: boolean;
}

export const DEFAULT_CONTROLS: Controls = {
  latencyMs: 0,
  requestsPerSecond: null,
  callbacks: 'in-order',
  lateErrors: 'always',
  readReceipts: false,
};

/**
 * How long everything takes, in ms. Nothing about the behaviour depends on which of the two sets is used;
 * only the figures do.
 */
export interface Times {
  /** From a change of the database to the look of the server that posts its events. */
  lookDelayMs: number;
  /** Between the events of one look. */
  emitGapMs: number;
  /** Between two requests to the helper, of whatever kind. */
  helperGapMs: number;
  /** How long the helper takes to answer. */
  helperMs: number;
  /** A request that the helper does not answer is given up. */
  transactionMs: number;
  /**
   * A row that the helper named and that is not in the database is given up, after a text, file or reaction.
   */
  rowLookupMs: number;
  /** The same after `chat/new`. */
  chatLookupMs: number;
  /** How long a send waits for its row by AppleScript, and how long its tempGuid outlives it. */
  sendPromiseMs: number;
  /** An answer that takes longer is a 504; the work goes on. */
  responseMs: number;
  /** From a send to its receipt. */
  deliveryMs: number;
  /** From a send to an error that comes late. */
  lateErrorMs: number;
  /** How long a connection that carries nothing stays open. */
  keepAliveMs: number;
  /** How long a megabyte of text stops the server. */
  megabyteMs: number;
  /** Rows that are dated so long before the last look are looked at all the same. */
  lateWindowMs: number;
  /** At a start, rows so young count as known. */
  startWindowMs: number;
  /** Rows older than this, before the last look, are not looked at. */
  lookBackMs: number;
  /** After a longer silence, a look goes back so far. */
  longestGapMs: number;
  /** How long the server knows that it has posted a row. */
  eventMemoryMs: number;
}

/** As measured on the server; `helperMs`, `deliveryMs`, `lateErrorMs` and `megabyteMs` are guesses. */
export const REAL_TIMES: Readonly<Times> = {
  lookDelayMs: 550,
  emitGapMs: 10,
  helperGapMs: 200,
  helperMs: 300,
  transactionMs: 120_000,
  rowLookupMs: 64_500,
  chatLookupMs: 37_000,
  sendPromiseMs: 120_000,
  responseMs: 300_000,
  deliveryMs: 1_500,
  lateErrorMs: 2_500,
  keepAliveMs: 5_000,
  megabyteMs: 10_000,
  lateWindowMs: 30_000,
  startWindowMs: 60_000,
  lookBackMs: 7 * 86_400_000,
  longestGapMs: 86_400_000,
  eventMemoryMs: 3_600_000,
};

/** For tests: what somebody waits for is short, what a date is compared with stays. */
export const QUICK_TIMES: Readonly<Times> = {
  ...REAL_TIMES,
  lookDelayMs: 5,
  emitGapMs: 0,
  helperGapMs: 1,
  helperMs: 1,
  transactionMs: 600,
  rowLookupMs: 320,
  chatLookupMs: 190,
  sendPromiseMs: 1_000,
  responseMs: 1_500,
  deliveryMs: 20,
  lateErrorMs: 60,
  megabyteMs: 20,
};

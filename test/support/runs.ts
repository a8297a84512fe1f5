/** How many of the runs of a long test are made, in percent: a fifth by default, all of them in `.ci/run`. */
export const RUNS_PERCENT = Number(process.env.RUNS_PERCENT || 20);

/**
 * The number of runs, or of rows, of which the long tests make `full`. What a test asserts does not depend on
 * it.
 */
export const runs = (full: number): number => Math.max(1, Math.ceil((full * RUNS_PERCENT) / 100));

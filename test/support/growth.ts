/** Of so many runs the quickest counts, since others may want the processor. */
const RUNS = 5;
/** Work that is so quick is done again and again, to be more than what the clock can tell. */
const MEASURED_MS = 2;

/** Milliseconds that the work takes at its quickest. */
function quickest(work: () => void): number {
  let times = 1;
  const took = () => {
    const from = performance.now();
    for (let turn = 0; turn < times; turn += 1) work();
    return performance.now() - from;
  };
  while (took() < MEASURED_MS) times *= 2;
  return Math.min(...Array.from({ length: RUNS }, took)) / times;
}

/**
 * How many times as long the work takes at ten times the size: some 10 where each part costs the same, 100
 * and more where it grows with all the others. A ratio, so that it holds on any machine.
 */
export const growthOf = (work: (size: number) => void, size: number): number =>
  quickest(() => work(10 * size)) / quickest(() => work(size));

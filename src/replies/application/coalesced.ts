/**
 * Work that is done when it is asked for: never twice at the same time, and not again before the pause is
 * over. However often it is asked for meanwhile, it is done once more after that.
 * @param work does not throw
 */
export function coalesced(work: () => Promise<void>, pause: () => Promise<void>): () => void {
  let [isAsked, isBusy] = [false, false];
  const go = async (): Promise<void> => {
    isBusy = true;
    while (isAsked) {
      isAsked = false;
      await work();
      await pause();
    }
    isBusy = false;
  };
  return () => {
    isAsked = true;
    if (!isBusy) void go();
  };
}

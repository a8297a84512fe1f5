/**
 * What `work` comes to, or `late` when it takes more than `milliseconds` of real time. The work itself goes
 * on; its failure after that is nobody's.
 * @throws whatever `work` throws in time
 */
export async function withTimeout<T, L>(work: Promise<T>, milliseconds: number, late: L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<L>((resolve) => {
    timer = setTimeout(() => resolve(late), milliseconds);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

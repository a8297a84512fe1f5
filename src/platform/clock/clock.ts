/**
 * What time it is. Everything that depends on time takes it from here, so that tests and the simulation can
 * set it.
 */
export abstract class Clock {
  abstract now(): Date;
  /** Resolves after `milliseconds` of this clock; earlier, without an error, when `signal` aborts. */
  abstract sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (milliseconds <= 0 || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal?.addEventListener('abort', done);
    });
  }
}

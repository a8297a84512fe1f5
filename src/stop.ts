import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Config, drainSecondsOf } from './platform/config';
import { Stopping } from './platform/stopping';

/** What is not at its end so many seconds after `SHUTDOWN_SECONDS` is cut off: others recover it. */
const LAST_SECONDS = 5;

/**
 * Ends the process on SIGTERM or SIGINT: it says that it is not ready, serves on until that was noticed,
 * takes no more jobs, finishes what it has begun, and exits with 0. A second signal ends it at once.
 */
export function stopOnSignals(app: NestFastifyApplication, config: Config): void {
  const logger = new Logger('stop');
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) process.exit(1);
    isStopping = true;
    const limit = config.SHUTDOWN_SECONDS + LAST_SECONDS;
    setTimeout(() => {
      logger.error({ seconds: limit }, 'What was still at work is cut off');
      process.exit(1);
    }, limit * 1_000).unref();
    const drainSeconds = drainSecondsOf(config);
    logger.log({ drainSeconds }, 'Stopping');
    app.get(Stopping).leave();
    // Nobody sends requests to a worker.
    if (config.APP_ROLE !== 'worker') await passed(drainSeconds);
    await app.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stop().catch((error: unknown) => {
        logger.error({ err: error }, 'The process could not stop in order');
        process.exit(1);
      });
    });
  }
}

const passed = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1_000));

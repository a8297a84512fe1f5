import type { LoggerService } from '@nestjs/common';
import { Logger, PinoLogger } from 'nestjs-pino';
import type { Config } from '../config';
import { logParams } from './logging.module';
import { quietStart } from './quiet-start';

/** Who says an error of the start as well that whoever starts the process says in full. */
const REPEATS = 'ExceptionHandler';

/** What a process says before its modules are there, or instead: JSON lines as well. */
export function startLogger(config: Config): LoggerService {
  const params = logParams(config);
  const logger = quietStart(new Logger(new PinoLogger(params), params));
  return {
    ...logger,
    error: (message: unknown, ...more: unknown[]) => {
      if (more.at(-1) !== REPEATS) logger.error(message, ...more);
    },
  };
}

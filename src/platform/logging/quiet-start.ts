import type { LoggerService } from '@nestjs/common';

/** Who says at the start what nobody asks: a line for each module and each route. */
const OF_THE_START = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

type Say = (message: unknown, ...more: unknown[]) => void;

/** The logger with what Nest says while it starts at the level of `debug`: one line of ours says the rest. */
export function quietStart(logger: LoggerService): LoggerService {
  const say = (level: 'log' | 'error' | 'warn' | 'debug' | 'verbose' | 'fatal'): Say => {
    return (message, ...more) => void logger[level]?.(message, ...more);
  };
  const [log, debug] = [say('log'), say('debug')];
  return {
    log: (message, ...more: unknown[]) => (OF_THE_START.has(String(more.at(-1))) ? debug : log)(message, ...more),
    debug,
    error: say('error'),
    warn: say('warn'),
    verbose: say('verbose'),
    fatal: say('fatal'),
  };
}

import { Module } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { LoggerModule, type Params } from 'nestjs-pino';
import { Config } from '../config';
import { correlationId } from '../http/correlation';
import { loggedError } from './logged-error';

/** What must never stand in a log line, wherever it comes from. */
const SECRET_PATHS = [
  'req.headers',
  'res.headers',
  '*.password',
  '*.bridgePassword',
  '*.secrets',
  '*.authorization',
  'err.config',
  'err.request',
  'err.cause.request',
];

/** JSON lines, each with the correlation id of its request. */
export const logParams = (config: Config): Params => ({
  // No logger of its own for every request: lines get their correlation id below, and the request's line is
  // written by the server.
  forRoutes: [],
  pinoHttp: {
    level: config.LOG_LEVEL,
    redact: { paths: SECRET_PATHS, remove: true },
    mixin: () => {
      const id = correlationId();
      return id ? { correlationId: id } : {};
    },
    autoLogging: false,
    quietReqLogger: true,
    serializers: { req: () => undefined, err: loggedError },
  },
});

/** Paths are logged as route patterns, so no secret or address of a URL gets in. */
@Module({ imports: [LoggerModule.forRootAsync({ inject: [Config], useFactory: logParams })] })
export class LoggingModule {}

/** The log line of one finished request. */
export const requestLine = (request: FastifyRequest, status: number, milliseconds: number) => ({
  route: `${request.method} ${request.routeOptions.url ?? '(unknown)'}`,
  status,
  milliseconds: Math.round(milliseconds),
});

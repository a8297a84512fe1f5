import { randomUUID } from 'node:crypto';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MongoError, MongoServerSelectionError } from 'mongodb';
import { Config } from '../config';
import { DomainError, type ErrorKind, StorageFull, StoreUnavailable } from '../errors';
import { isConnectionLost } from '../mongo';

const STATUS: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  'read-only': 402,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  'unsupported-type': 415,
  unprocessable: 422,
  exhausted: 429,
  'bad-gateway': 502,
  unavailable: 503,
};

/** As long as callers are told to wait. */
const FULL_FOR_MS = 30_000;

/** At most this many details are listed. */
const DETAILS_SHOWN = 100;

interface Answer {
  status: number;
  body: Record<string, unknown>;
  retryAfter?: number;
}

/** What the web server itself refuses, before any of our code runs. */
const SERVER_REFUSALS: Record<string, Answer> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    body: { error: 'The body must be application/json', code: 'UNSUPPORTED_MEDIA_TYPE' },
  },
  FST_ERR_CTP_INVALID_JSON_BODY: { status: 400, body: { error: 'The body is not valid JSON', code: 'MALFORMED_JSON' } },
  FST_ERR_CTP_EMPTY_JSON_BODY: { status: 400, body: { error: 'The body is empty', code: 'MALFORMED_JSON' } },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    status: 400,
    body: { error: 'The body is not as long as announced', code: 'MALFORMED_JSON' },
  },
};

const isStoreAway = (error: unknown) =>
  isConnectionLost(error) ||
  error instanceof MongoServerSelectionError ||
  (error instanceof MongoError &&
    (error.hasErrorLabel('RetryableWriteError') || error.hasErrorLabel('TransientTransactionError') || error.code === 50)) ||
  (error instanceof Error &&
    (error.name === 'MongooseServerSelectionError' ||
      ['MongoNotConnectedError', 'MongoWaitQueueTimeoutError', 'MongoPoolClearedError'].includes(error.name)));

/** `OutOfDiskSpace`, as MongoDB calls it. */
const isStoreFull = (error: unknown) => error instanceof MongoError && error.code === 14_031;

/**
 * Turns every error into one shape: `{ error, code }`, with `details` for validation. What nobody expected is
 * a 500 with an `errorId` that stands in the log beside the stack; the answer shows nothing of it.
 */
@Injectable()
@Catch()
export class ErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(ErrorFilter.name);

  private fullAt = -Infinity;

  constructor(private readonly config: Config) {}

  /** Had the store no room a moment ago? Small writes, such as a probe's, may find some all the same. */
  get hasSeenFullStore(): boolean {
    return performance.now() - this.fullAt < FULL_FOR_MS;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return;
    const answer = this.answer(error, http.getRequest<FastifyRequest>());
    if (answer.retryAfter !== undefined) void reply.header('retry-after', Math.max(1, Math.ceil(answer.retryAfter)));
    void reply.status(answer.status).send(answer.body);
  }

  answer(error: unknown, request: FastifyRequest): Answer {
    if (error instanceof DomainError) return fromDomain(error);
    if (isStoreFull(error)) {
      this.fullAt = performance.now();
      this.logger.error({ err: error }, 'The store has no room left');
      return fromDomain(new StorageFull());
    }
    if (isStoreAway(error)) {
      this.logger.warn({ err: error }, 'A store is away');
      return fromDomain(new StoreUnavailable());
    }
    const { code, statusCode } = (error ?? {}) as { code?: string; statusCode?: number };
    if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
      return bodyTooLarge(request.routeOptions?.bodyLimit ?? this.config.BODY_LIMIT_BYTES);
    const refusal = code ? SERVER_REFUSALS[code] : undefined;
    if (refusal) return refusal;
    if (error instanceof SyntaxError && statusCode === 400) {
      return { status: 400, body: { error: 'The body is not valid JSON', code: 'MALFORMED_JSON' } };
    }
    if (error instanceof HttpException) return fromNest(error);
    if (statusCode && statusCode >= 400 && statusCode < 500) {
      return { status: statusCode, body: { error: 'The request could not be understood', code: 'BAD_REQUEST' } };
    }
    const errorId = randomUUID();
    this.logger.error(
      { err: error, errorId, route: `${request.method} ${request.routeOptions?.url ?? '?'}` },
      'An unexpected error',
    );
    return { status: 500, body: { error: 'Internal server error', code: 'INTERNAL', errorId } };
  }
}

/** @param limit the longest body that is taken, in bytes */
const bodyTooLarge = (limit: number): Answer => ({
  status: 413,
  body: { error: `The body is larger than ${sizeInWords(limit)}`, code: 'BODY_TOO_LARGE' },
});

/** Such as `20 MB`, `1.5 kB`: never more than the bytes themselves, so that a body of this size is taken. */
export function sizeInWords(bytes: number): string {
  const [unit, name] = bytes >= 1_000_000 ? [1_000_000, 'MB'] : [1_000, 'kB'];
  return `${Math.floor((bytes / unit) * 10) / 10} ${name}`;
}

function fromDomain(error: DomainError): Answer {
  const details = error.details && { details: error.details.slice(0, DETAILS_SHOWN) };
  return {
    status: STATUS[error.kind],
    body: { error: error.message, code: error.code, ...details, ...error.extra },
    retryAfter: error.retryAfter,
  };
}

function fromNest(error: HttpException): Answer {
  const status = error.getStatus();
  if (status === 404) return { status, body: { error: 'There is no such endpoint', code: 'ENDPOINT_NOT_FOUND' } };
  if (status >= 500) return { status, body: error.getResponse() as Record<string, unknown> };
  return { status, body: { error: error.message, code: 'BAD_REQUEST' } };
}

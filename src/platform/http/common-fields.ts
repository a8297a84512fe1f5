import type { FastifyRequest, preValidationHookHandler } from 'fastify';
import { correlation } from './correlation';

/** What a caller knows of any call, and may send with it. */
const WORKSPACE = 'workspaceId';
const TRACE = 'correlationId';

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/**
 * Takes from bodies and queries what may stand in any of them, so that no endpoint has to know it: the
 * caller's own workspace, and in a body the trace id, which counts where the header has none. Another
 * workspace stays, and is refused like any unknown field.
 */
export const takeCommonFields: preValidationHookHandler = (request, reply, done) => {
  if (request.workspaceId === undefined) return done();
  const body = fieldsOf(request.body);
  for (const fields of [body, fieldsOf(request.query)]) {
    if (fields[WORKSPACE] === request.workspaceId || isBlank(fields[WORKSPACE])) delete fields[WORKSPACE];
  }
  const trace = body[TRACE];
  if (isBlank(trace)) delete body[TRACE];
  if (typeof trace === 'string' && trace.length <= MAX_LENGTH) {
    delete body[TRACE];
    if (!hasHeader(request) && correlation.isAcceptable(trace)) void reply.header(correlation.header, trace);
  }
  done();
};

const MAX_LENGTH = 128;

const isBlank = (value: unknown): boolean => value === '' || value === null;

const hasHeader = ({ headers }: FastifyRequest): boolean => correlation.isAcceptable(headers[correlation.header]);

import type { FastifyReply, FastifyRequest } from 'fastify';

const PROBLEM = 'application/problem+json';

/** The entry of an error code in the list of errors. @param base where docs/errors.md is published */
export function docsOf(code: string, base: string): string {
  const isMissing = code.endsWith('_NOT_FOUND') && code !== 'ENDPOINT_NOT_FOUND';
  return `${base}#${isMissing ? 'NOT_FOUND' : code}`;
}

/**
 * The body of an answer as it goes out: what is no error stays as it is; an error gets `docs`, a link to its
 * entry, and, where the caller accepts `application/problem+json`, the form of RFC 9457 with the same code.
 */
export function shapeError(request: FastifyRequest, reply: FastifyReply, body: unknown, base: string): unknown {
  if (reply.statusCode < 400 || !isError(body)) return body;
  const docs = docsOf(body.code, base);
  if (!acceptsProblems(request.headers.accept)) return { ...body, docs };
  void reply.header('content-type', PROBLEM);
  const { error, ...more } = body;
  return { type: docs, title: titleOf(body.code), status: reply.statusCode, detail: error, ...more, docs };
}

const isError = (body: unknown): body is { error: string; code: string } =>
  typeof body === 'object' && body !== null && 'error' in body && typeof (body as { code?: unknown }).code === 'string';

/** The type has to be named, and not with `q=0`: to accept anything is no wish. */
const acceptsProblems = (accept = ''): boolean =>
  accept.split(',').some((range) => {
    const [type, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    return type === PROBLEM && !parameters.some((one) => /^q=0(\.0*)?$/.test(one));
  });

/** `MISSING_SCOPE` is "Missing scope". */
const titleOf = (code: string): string => code[0]! + code.slice(1).toLowerCase().replaceAll('_', ' ');

import { createHash } from 'node:crypto';
import type { FastifyRequest, preParsingHookHandler, RequestPayload } from 'fastify';
import { passingBody } from './passing-body';
import { isUpload } from './uploads';

const digests = new WeakMap<FastifyRequest, string>();

/** SHA-256 of the request's body as it was sent, where `digestBody` took it. */
export const bodyDigestOf = (request: FastifyRequest): string | undefined => digests.get(request);

/**
 * Takes the digest of bodies that come with an Idempotency-Key, as they pass: twenty megabytes are
 * not read twice.
 */
export const digestBody: preParsingHookHandler = (request, _reply, payload: RequestPayload, done) => {
  // Uploads are read later, by their controllers.
  if (request.headers['idempotency-key'] === undefined || isUpload(request)) return done(null, payload);
  const hash = createHash('sha256');
  const take = (chunk: Buffer) => void hash.update(chunk);
  done(
    null,
    passingBody(payload, take, () => digests.set(request, hash.digest('base64url'))),
  );
};

import type { FastifyRequest, preParsingHookHandler, RequestPayload } from 'fastify';
import { passingBody } from './passing-body';
import { routeConfig } from './route-config';

const KEEPS_RAW_BODY = 'keepsRawBody';
const bodies = new WeakMap<FastifyRequest, Buffer>();

/** The endpoint verifies a signature over its bodies, so that they are kept as they came (`rawBodyOf`). */
export const KeepsRawBody = () => routeConfig({ [KEEPS_RAW_BODY]: true });

/** The request's body as it was sent, at an endpoint that keeps it; empty where there was none. */
export const rawBodyOf = (request: FastifyRequest): Buffer => bodies.get(request) ?? Buffer.alloc(0);

/** Keeps bodies as they pass, no longer than the endpoint's `BodyLimit`, where it says so. */
export const keepRawBody: preParsingHookHandler = (request, _reply, payload: RequestPayload, done) => {
  const config = request.routeOptions.config as { [KEEPS_RAW_BODY]?: true };
  if (!config[KEEPS_RAW_BODY]) return done(null, payload);
  const chunks: Buffer[] = [];
  const take = (chunk: Buffer) => void chunks.push(chunk);
  done(
    null,
    passingBody(payload, take, () => bodies.set(request, Buffer.concat(chunks))),
  );
};

import type { onRequestHookHandler } from 'fastify';
import { routeConfig } from './route-config';

const IGNORES_BODY = 'ignoresBody';

/**
 * The endpoint needs nothing of a body, and takes any: of whatever type, broken, or far too large. It is not
 * read before the endpoint acts, and thrown away afterwards.
 */
export const IgnoresBody = () => routeConfig({ [IGNORES_BODY]: true });

/** Goes before everything that looks at bodies. */
export const ignoreBody: onRequestHookHandler = (request, _reply, done) => {
  if ((request.routeOptions.config as { [IGNORES_BODY]?: true })[IGNORES_BODY]) {
    // Without these there is none, as far as the framework knows.
    for (const header of ['content-type', 'content-length', 'transfer-encoding']) delete request.headers[header];
  }
  done();
};

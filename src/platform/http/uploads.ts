import type { FastifyRequest } from 'fastify';
import { routeConfig } from './route-config';

const TAKES_UPLOADS = 'takesUploads';

export const isUpload = (request: FastifyRequest): boolean => /^multipart\//i.test(request.headers['content-type'] ?? '');

/** The endpoint takes `multipart/form-data`; all others refuse it before they read a byte. */
export const TakesUploads = () => routeConfig({ [TAKES_UPLOADS]: true });

/** Is this a request to an endpoint with `@TakesUploads()`? */
export const takesUploads = (request: FastifyRequest): boolean =>
  (request.routeOptions.config as { [TAKES_UPLOADS]?: true })[TAKES_UPLOADS] === true;

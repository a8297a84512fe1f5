import type { RouteOptions } from 'fastify';
import { routeConfig } from './route-config';

const BODY_LIMIT = 'bodyLimitBytes';

/**
 * What a body may have at most, in bytes, where its endpoint says nothing else. A body is read and parsed at
 * once, so what no caller needs, no caller may send.
 */
const DEFAULT_BYTES = 1_000_000;

/** The endpoint takes bodies of so many bytes, and never more than `BODY_LIMIT_BYTES`. */
export const BodyLimit = (bytes: number) => routeConfig({ [BODY_LIMIT]: bytes });

/** Gives each route its limit when it is registered. @param most `BODY_LIMIT_BYTES` */
export const limitBodies = (most: number) => (route: RouteOptions) => {
  const own = (route.config as { [BODY_LIMIT]?: number } | undefined)?.[BODY_LIMIT];
  route.bodyLimit = Math.min(most, own ?? DEFAULT_BYTES);
};

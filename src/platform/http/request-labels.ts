import type { FastifyRequest } from 'fastify';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** What is said of a request where labels must have few values: the template of its route, never its path. */
export const requestLabels = ({ method, routeOptions }: FastifyRequest, status: number) => ({
  method: METHODS.has(method) ? method : 'other',
  route: routeOptions.url ?? 'unmatched',
  status: `${Math.floor(status / 100)}xx`,
});

import type { RouteOptions } from 'fastify';
import { routeConfig } from './route-config';

/** Whom a route admits: everybody; everybody who may act for a workspace; or who has this scope. */
type Access = 'public' | 'any-caller' | { scope: string };

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
}

export const admits = (access: Access): MethodDecorator => routeConfig({ access });

/** The route needs neither key nor session. */
export const Public = (): MethodDecorator => admits('public');

/** The route needs a good key or session, whatever its scopes. */
export const AnyCaller = (): MethodDecorator => admits('any-caller');

/** Stops the start when a route does not say whom it admits. Goes where routes are registered. */
export const requireAccess = ({ method, url, config }: RouteOptions): void => {
  if (config?.access === undefined) {
    throw new Error(`${[method].flat().join(', ')} ${url} needs @RequiresScope(…), @AnyCaller() or @Public()`);
  }
};

import { RouteConfig } from '@nestjs/platform-fastify';

const configs = new WeakMap<object, object>();

/**
 * Adds to what is known of a route before anything of a request is read (`request.routeOptions.config`).
 * Nest's own decorator would overwrite what another one has said.
 */
export const routeConfig =
  (more: object): MethodDecorator =>
  (target, name, descriptor) => {
    const handler = descriptor.value as object;
    const config = { ...configs.get(handler), ...more };
    configs.set(handler, config);
    RouteConfig(config)(target, name, descriptor);
  };

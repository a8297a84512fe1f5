import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { WorkspaceId } from '../platform/ids';
import { Unauthorized } from './domain/auth.errors';
import { actorOf, type Principal } from './domain/principal';

function principalOf(context: ExecutionContext): Principal {
  const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!principal) throw new Unauthorized();
  return principal;
}

/** The workspace that the caller acts for. */
export const CurrentWorkspace = createParamDecorator(
  (_: unknown, context: ExecutionContext): WorkspaceId => principalOf(context).workspaceId,
);

/** Who acts: the id of the key, or of the user. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  actorOf(principalOf(context)),
);

/** The user who acts; `null` for a workspace key. */
export const CurrentUserId = createParamDecorator((_: unknown, context: ExecutionContext): string | null => {
  const principal = principalOf(context);
  return principal.via === 'session' ? principal.userId : null;
});

/** The caller, for what a call needs beside its route's scope. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => principalOf(context));

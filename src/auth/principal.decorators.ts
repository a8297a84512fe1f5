import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { WorkspaceId } from '../platform/ids';
import { AdminSessionRequired, Unauthorized } from './domain/auth.errors';
import type { Principal } from './domain/principal';

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
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const principal = principalOf(context);
  return principal.via === 'key' ? `key:${principal.keyId}` : `user:${principal.userId}`;
});

/** The user who acts; `null` for a workspace key. */
export const CurrentUserId = createParamDecorator((_: unknown, context: ExecutionContext): string | null => {
  const principal = principalOf(context);
  return principal.via === 'session' ? principal.userId : null;
});

@Injectable()
class AdminGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const principal = principalOf(context);
    if (principal.via !== 'session' || !principal.admin) throw new AdminSessionRequired();
    return true;
  }
}

@Injectable()
class AdminOrKeyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const principal = principalOf(context);
    if (principal.via === 'session' && !principal.admin) throw new AdminSessionRequired();
    return true;
  }
}

/** For workspace keys, and for dashboard sessions with the admin role. */
export const AdminOrKey = () => UseGuards(AdminOrKeyGuard);

/** Only for dashboard sessions with the admin role; a workspace key is not enough. */
export const AdminSessionOnly = () => UseGuards(AdminGuard);

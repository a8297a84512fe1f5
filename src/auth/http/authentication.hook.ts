import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ErrorFilter } from '../../platform/http';
import { AuthenticationService } from '../application/authentication.service';
import { ReadOnlyWorkspace } from '../domain/auth.errors';
import { type Principal, requireScope } from '../domain/principal';
import type { Scope } from '../domain/scopes';

declare module 'fastify' {
  interface FastifyRequest {
    principal?: Principal;
  }
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** What stops or protects is also done in a workspace that may only read. */
const PROTECTS = new Set([
  'POST /api/suppressions',
  'POST /api/suppressions/imports',
  'DELETE /api/suppressions/imports/:id',
  'POST /api/replies/:id/review',
  'POST /api/messages/:id/cancel',
  'POST /api/messages/cancel-for-lead',
  'POST /api/campaigns/:id/pause',
  'DELETE /api/api-keys/:id',
]);
/** Where there is no endpoint, only callers with a key are told so; but for callbacks, which have none. */
const HIDES_WHAT_IS_MISSING = /^\/api(?!\/inbound\/)/;

/**
 * Runs before a body is read: a caller without a good key, or without the route's scope, cannot make the
 * server take in, or parse, anything.
 */
@Injectable()
export class AuthenticationHook {
  constructor(
    private readonly authentication: AuthenticationService,
    private readonly errorFilter: ErrorFilter,
  ) {}

  readonly onRequest = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    // The route, where there is one: the same path can be written in many ways (`/%61pi`).
    const { url, config } = request.routeOptions;
    const path = url ?? request.url;
    const access = url === undefined ? (HIDES_WHAT_IS_MISSING.test(path) ? 'any-caller' : 'public') : config.access!;
    if (access === 'public') return undefined;
    try {
      const { principal, workspace } = await this.authentication.authenticate(request.headers.authorization);
      request.principal = principal;
      request.workspaceId = principal.workspaceId;
      if (access !== 'any-caller') requireScope(principal, access.scope as Scope);
      const isAllowed = READS.has(request.method) || PROTECTS.has(`${request.method} ${path}`);
      if (workspace.readOnlyReason && !isAllowed) throw new ReadOnlyWorkspace(workspace.readOnlyReason);
      return undefined;
    } catch (error) {
      const answer = this.errorFilter.answer(error, request);
      if (answer.status === 401) void reply.header('www-authenticate', 'Bearer');
      if (answer.retryAfter) void reply.header('retry-after', answer.retryAfter);
      return reply.status(answer.status).send(answer.body);
    }
  };
}

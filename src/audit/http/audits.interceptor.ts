import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { concatMap, type Observable } from 'rxjs';
import { AuditedAct, type AuditedRoute, AUDITS } from '../../platform/audit';
import { AuditService } from '../application/audit.service';

/** Writes down what routes with `@Audits` have done, before they answer. */
@Injectable()
export class AuditsInterceptor implements NestInterceptor {
  constructor(
    private readonly auditService: AuditService,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const route = this.reflector.get<AuditedRoute | undefined>(AUDITS, context.getHandler());
    const { workspaceId, params } = context.switchToHttp().getRequest<FastifyRequest<{ Params: { id?: string } }>>();
    if (!route || !workspaceId) return next.handle();
    return next.handle().pipe(
      concatMap(async (answer: unknown) => {
        const id = params.id ?? (answer as { id?: string } | undefined)?.id ?? null;
        await this.auditService.record(new AuditedAct(workspaceId, route.action, { kind: route.kind, id }));
        return answer;
      }),
    );
  }
}

import { createHash } from 'node:crypto';
import {
  type CallHandler,
  type ExecutionContext,
  HttpException,
  Injectable,
  type NestInterceptor,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { firstValueFrom, from, type Observable } from 'rxjs';
import { DomainError, ValidationFailed } from '../errors';
import { bodyDigestOf, ErrorFilter, isUpload } from '../http';
import type { WorkspaceId } from '../ids';
import { type Answer, type IdempotentCall, IdempotentCalls } from './idempotent-calls';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose request it is; set by whatever authenticates it, absent where nobody has to. */
    workspaceId?: WorkspaceId;
  }
}

const IDEMPOTENCY_KEY = 'idempotency-key';
const KEY = /^[\x21-\x7e]{1,255}$/;
const NOT_KEPT = 'answer-is-not-kept';

/** The answer holds a secret, which must not be kept: an Idempotency-Key does nothing here. */
export const AnswerHoldsSecret = () => SetMetadata(NOT_KEPT, true);

/**
 * The call that a request with an Idempotency-Key is; `null` for one without.
 * @param content digest of what was sent
 * @throws ValidationFailed when the key is not 1 to 255 visible ASCII characters
 */
export function idempotentCallOf(request: FastifyRequest, content: string): IdempotentCall | null {
  const key = request.headers[IDEMPOTENCY_KEY];
  const { workspaceId } = request;
  if (key === undefined || !workspaceId) return null;
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw new ValidationFailed([{ field: 'Idempotency-Key', message: 'must be 1 to 255 visible ASCII characters' }]);
  }
  const digest = createHash('sha256').update(`${request.method} ${request.url}\n${content}`).digest('base64url');
  return { workspaceId, key, digest };
}

/**
 * Answers a POST with an Idempotency-Key once, and repeats the answer. Uploads see to it themselves, since
 * they are read later.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly idempotentCalls: IdempotentCalls,
    private readonly errorFilter: ErrorFilter,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.method !== 'POST' || request.headers[IDEMPOTENCY_KEY] === undefined || isUpload(request)) return next.handle();
    if (this.reflector.get<boolean>(NOT_KEPT, context.getHandler())) return next.handle();
    const call = idempotentCallOf(request, bodyDigestOf(request) ?? '');
    if (!call) return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return from(this.answer(call, request, reply, () => firstValueFrom(next.handle(), { defaultValue: undefined })));
  }

  /** For handlers that know only later what was sent. */
  async answer(
    call: IdempotentCall,
    request: FastifyRequest,
    reply: FastifyReply,
    handle: () => Promise<unknown>,
  ): Promise<unknown> {
    const answer = await this.idempotentCalls.run(call, async (): Promise<Answer> => {
      try {
        const body = await handle();
        return { status: reply.statusCode, body };
      } catch (error) {
        if (!(error instanceof DomainError || error instanceof HttpException)) throw error;
        const { status, body } = this.errorFilter.answer(error, request);
        if (status >= 500 || status === 429 || status === 402) throw error;
        return { status, body };
      }
    });
    void reply.status(answer.status);
    if (answer.repeated) void reply.header('idempotency-replayed', 'true');
    return answer.body;
  }
}

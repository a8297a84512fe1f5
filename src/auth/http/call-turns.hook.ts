import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WorkspaceId } from '../../platform/ids';
import { RateLimitExceeded } from '../domain/auth.errors';
import { WorkspaceTurns } from '../domain/workspace-turns';

/** Half of the connections to MongoDB that a process has: a call uses one at a time, as a rule. */
const AT_ONCE = 25;
/** What takes longer waits for something else than the store: a device, or changes that are to settle. */
const HELD_AT_MOST_MS = 2_000;
const WAITING_AT_MOST = 500;
const PATIENCE_MS = 30_000;

/**
 * Calls of one workspace that are worked on at the same time are so few that those of others find a free
 * connection to the store. A call has its turn once its body was read, until its answer begins, and for two
 * seconds at most: neither slow callers nor streams hold one.
 */
@Injectable()
export class CallTurnsHook {
  private readonly turns = new WorkspaceTurns({ atOnce: AT_ONCE, waitingAtMost: WAITING_AT_MOST, patienceMs: PATIENCE_MS });
  private readonly ends = new WeakMap<FastifyRequest, () => void>();

  readonly preValidation = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (!request.workspaceId) return;
    const turn = await this.turns.take(request.workspaceId);
    if (!turn) throw new RateLimitExceeded(1);
    const timer = setTimeout(turn, HELD_AT_MOST_MS).unref();
    const end = (): void => {
      clearTimeout(timer);
      turn();
    };
    this.ends.set(request, end);
    // Also where the caller has gone, and gets no answer.
    if (reply.raw.closed || reply.raw.destroyed) end();
    else reply.raw.once('close', end);
  };

  readonly onSend = (request: FastifyRequest): void => this.ends.get(request)?.();

  /** How many calls of the workspace are worked on in this process. */
  atWork(workspaceId: WorkspaceId): number {
    return this.turns.running(workspaceId);
  }
}

import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WorkspaceId } from '../../platform/ids';
import { RateLimitExceeded } from '../domain/auth.errors';
import { WorkspaceTurns } from '../domain/workspace-turns';

/** A longer body is that of a bulk call, which keeps the process and the store busy for a while. */
const BULK_BYTES = 30_000;
/** Bulk calls of a workspace at work in a process; the rest wait with their bodies unread. */
const AT_ONCE = 2;
const WAITING_AT_MOST = 30;
const PATIENCE_MS = 60_000;

/** Bulk calls of one workspace wait for each other, so that those of others find the store free. */
@Injectable()
export class BulkCallsHook {
  private readonly turns = new WorkspaceTurns({ atOnce: AT_ONCE, waitingAtMost: WAITING_AT_MOST, patienceMs: PATIENCE_MS });

  /** Before the body is read, and before the time begins in which it has to be there. */
  readonly preParsing = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { 'content-length': length, 'content-type': type = '', 'transfer-encoding': streamed } = request.headers;
    const isBulk = type.startsWith('application/json') && (streamed !== undefined || Number(length) > BULK_BYTES);
    if (!request.workspaceId || !isBulk) return;
    const end = await this.turns.take(request.workspaceId);
    if (!end) throw new RateLimitExceeded(1);
    // Also where the caller has gone meanwhile, or goes before the answer.
    if (reply.raw.closed || reply.raw.destroyed) end();
    else reply.raw.once('close', end);
  };

  /** How many bulk calls of the workspace are at work in this process. */
  atWork(workspaceId: WorkspaceId): number {
    return this.turns.running(workspaceId);
  }
}

import type { WorkspaceId } from '../ids';

export type BackgroundState = 'queued' | 'running' | 'waiting_for_quota' | 'completed' | 'cancelled' | 'failed';

/** A long piece of work, done in chunks by any worker; each chunk saves its progress with what it did. */
export interface BackgroundJob<P extends object = Record<string, unknown>> {
  id: string;
  kind: string;
  workspaceId: WorkspaceId;
  /** What the work is about; at most one unfinished job of a kind has the same subject. */
  subject: string;
  state: BackgroundState;
  /** Why it waits or failed, as a sentence for people. */
  reason: string | null;
  /** How far it is; belongs to the kind of work. */
  progress: P;
  /** While it waits: when it goes on; else `null`. */
  waitingUntil: Date | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

/** What to start: a kind of work, what it is about, and where it begins. */
export type NewBackgroundJob<P extends object> = Pick<BackgroundJob<P>, 'workspaceId' | 'kind' | 'subject' | 'progress'>;

/** What a chunk found: more to do (now, or at a time), or the end. */
export type ChunkResult<P extends object> =
  | { next: 'more'; progress: P }
  | { next: 'wait'; progress: P; until: Date; reason: string; state?: 'waiting_for_quota' }
  | { next: 'done'; progress: P }
  | { next: 'failed'; progress: P; reason: string };

/** Published, in the same transaction, when a job is over: done, failed or cancelled. */
export class JobEnded {
  constructor(readonly job: BackgroundJob) {}
}

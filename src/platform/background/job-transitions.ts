import type { BackgroundState, ChunkResult } from './background-job';
import type { BackgroundJobDocument } from './background-job.schema';

const UNFINISHED = ['queued', 'running', 'waiting_for_quota'] as const satisfies readonly BackgroundState[];

/** From which states to which each change of a background job leads. */
export const JOB_TRANSITIONS = {
  claim: { from: UNFINISHED, to: ['running'] },
  advance: { from: ['running'], to: ['running'] },
  wait: { from: ['running'], to: ['running', 'waiting_for_quota'] },
  retry: { from: ['running'], to: ['running'] },
  complete: { from: ['running'], to: ['completed'] },
  fail: { from: ['running'], to: ['failed'] },
  cancel: { from: UNFINISHED, to: ['cancelled'] },
} as const satisfies Record<string, { from: readonly BackgroundState[]; to: readonly BackgroundState[] }>;

export type JobTransition = keyof typeof JOB_TRANSITIONS;

/** After this many failures in a row the job is given up, with the reason on it. */
export const MAX_FAILURES = 20;
const FIRST_RETRY_MS = 250;
const MAX_RETRY_MS = 60_000;

/** What a transition writes, all of it in one update. */
export type JobChange = Pick<BackgroundJobDocument, 'state'> & Partial<BackgroundJobDocument>;

/** What a transition needs to know of a job. */
export type JobState = Pick<BackgroundJobDocument, 'state' | 'failures'>;

/**
 * A job was to be changed in a state from which that is not possible. A fault of the program, never of a
 * caller.
 */
export class IllegalJobTransition extends Error {
  constructor(name: JobTransition, from: BackgroundState, to: BackgroundState) {
    super(`A background job that is ${from} cannot ${name} and be ${to}`);
  }
}

/** The states in which a job may be for this change: what the filter of a conditional update names. */
export const statesBefore = (name: JobTransition): readonly BackgroundState[] => JOB_TRANSITIONS[name].from;

/** A worker takes the job; for the jobs that `statesBefore('claim')` finds. */
export const claimed = (lease: BackgroundJobDocument['lease']) => ({ state: 'running', reason: null, lease }) as const;

/** Somebody ends the job; for the jobs that `statesBefore('cancel')` finds. */
export const cancelled = (now: Date): JobChange => ({ state: 'cancelled', lease: null, ...ended(now) });

/** The chunk went well, and says how it goes on. */
export function afterChunk(job: JobState, result: ChunkResult<object>, now: Date): JobChange {
  const rest = { progress: result.progress as Record<string, unknown>, lease: null, failures: 0 };
  switch (result.next) {
    case 'more':
      return become('advance', job, { ...rest, state: 'running', reason: null, runAt: now });
    case 'wait':
      return become('wait', job, { ...rest, state: result.state ?? 'running', reason: result.reason, runAt: result.until });
    case 'done':
      return become('complete', job, { ...rest, state: 'completed', reason: null, runAt: now, ...ended(now) });
    case 'failed':
      return become('fail', job, { ...rest, state: 'failed', reason: result.reason, runAt: now, ...ended(now) });
  }
}

/** The chunk threw: it is tried again, each time later, until it has failed too often. */
export function afterFailure(job: JobState, now: Date): JobChange {
  const failures = job.failures + 1;
  const runAt = new Date(now.getTime() + Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** failures));
  const change = { lease: null, failures, runAt };
  if (failures < MAX_FAILURES) return become('retry', job, { ...change, state: 'running' });
  const reason = `It failed ${MAX_FAILURES} times in a row and was given up; the log says why`;
  return become('fail', job, { ...change, state: 'failed', reason, ...ended(now) });
}

/** Another job about the same subject may start from now on. */
const ended = (now: Date) => ({ unfinished: null, finishedAt: now });

/** @throws IllegalJobTransition from any state that the table does not name, and to any other */
function become(name: JobTransition, { state }: JobState, change: JobChange): JobChange {
  const { from, to }: { from: readonly BackgroundState[]; to: readonly BackgroundState[] } = JOB_TRANSITIONS[name];
  if (!from.includes(state) || !to.includes(change.state)) throw new IllegalJobTransition(name, state, change.state);
  return change;
}

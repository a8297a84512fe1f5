import type { BackgroundState, ChunkResult } from './background-job';
import {
  afterChunk,
  afterFailure,
  cancelled,
  claimed,
  IllegalJobTransition,
  JOB_TRANSITIONS,
  type JobChange,
  type JobTransition,
  MAX_FAILURES,
  statesBefore,
} from './job-transitions';

const STATES: BackgroundState[] = ['queued', 'running', 'waiting_for_quota', 'completed', 'cancelled', 'failed'];
const FINAL: BackgroundState[] = ['completed', 'cancelled', 'failed'];
const NOW = new Date('2026-03-02T10:00:00Z');
const LATER = new Date('2026-03-02T10:05:00Z');
const progress = { done: 7 };

const results: Record<string, ChunkResult<object>> = {
  advance: { next: 'more', progress },
  wait: { next: 'wait', progress, until: LATER, reason: 'Others go first' },
  'wait for quota': { next: 'wait', progress, until: LATER, reason: 'No checks left today', state: 'waiting_for_quota' },
  complete: { next: 'done', progress },
  fail: { next: 'failed', progress, reason: 'The file is gone' },
};

/** Each change as a function of the state before, and the state that it has to lead to. */
const changes: [string, BackgroundState, (state: BackgroundState) => JobChange][] = [
  ...Object.entries(results).map(([name, result]): [string, BackgroundState, (state: BackgroundState) => JobChange] => [
    name,
    name === 'wait for quota' ? 'waiting_for_quota' : name === 'complete' ? 'completed' : name === 'fail' ? 'failed' : 'running',
    (state) => afterChunk({ state, failures: 3 }, result, NOW),
  ]),
  ['retry', 'running', (state) => afterFailure({ state, failures: 0 }, NOW)],
  ['give up', 'failed', (state) => afterFailure({ state, failures: MAX_FAILURES - 1 }, NOW)],
];

describe.each(changes)('%s', (_, after, change) => {
  test.each(STATES)('of a job that is %s', (state) => {
    if (state === 'running') expect(change(state).state).toBe(after);
    else expect(() => change(state)).toThrow(IllegalJobTransition);
  });

  test('leaves no lease, and nothing unfinished behind an end', () => {
    const { lease, unfinished, finishedAt } = change('running');
    expect(lease).toBeNull();
    expect([unfinished, finishedAt]).toEqual(FINAL.includes(after) ? [null, NOW] : [undefined, undefined]);
  });
});

describe('the table', () => {
  test.each(Object.keys(JOB_TRANSITIONS) as JobTransition[])('%s starts from no final state', (name) => {
    expect(statesBefore(name).filter((state) => FINAL.includes(state))).toEqual([]);
  });

  test('any unfinished job may be claimed and cancelled, and no other', () => {
    for (const name of ['claim', 'cancel'] as const)
      expect(statesBefore(name)).toEqual(['queued', 'running', 'waiting_for_quota']);
  });

  test('the conditional updates lead where it says', () => {
    const lease = { token: 'a', until: LATER };
    expect(claimed(lease)).toEqual({ state: JOB_TRANSITIONS.claim.to[0], reason: null, lease });
    expect(cancelled(NOW)).toEqual({ state: JOB_TRANSITIONS.cancel.to[0], unfinished: null, lease: null, finishedAt: NOW });
  });
});

describe('what is written', () => {
  test('a chunk that went well starts the count of failures anew and keeps its progress', () => {
    for (const result of Object.values(results)) {
      expect(afterChunk({ state: 'running', failures: 5 }, result, NOW)).toMatchObject({ failures: 0, progress });
    }
  });

  test('waiting says why and until when', () => {
    const waiting = afterChunk({ state: 'running', failures: 0 }, results['wait for quota']!, NOW);
    expect(waiting).toMatchObject({ reason: 'No checks left today', runAt: LATER });
  });

  test('each failure in a row waits twice as long as the one before, a minute at most', () => {
    const delays = [0, 1, 2, 10].map((failures) => {
      const { runAt } = afterFailure({ state: 'running', failures }, NOW);
      return runAt!.getTime() - NOW.getTime();
    });
    expect(delays).toEqual([500, 1_000, 2_000, 60_000]);
  });

  test('a failure that is tried again touches neither the reason nor the progress', () => {
    const change = afterFailure({ state: 'running', failures: 0 }, NOW);
    expect(Object.keys(change).sort()).toEqual(['failures', 'lease', 'runAt', 'state']);
  });
});

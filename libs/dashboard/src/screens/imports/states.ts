import type { Tone } from '../../parts/layout';

type State = 'queued' | 'running' | 'waiting_for_quota' | 'completed' | 'cancelled' | 'failed';

export const isOver = (state: State): boolean => state === 'completed' || state === 'cancelled' || state === 'failed';

export const stateTone: Record<State, Tone> = {
  queued: 'info',
  running: 'info',
  waiting_for_quota: 'warn',
  completed: 'good',
  cancelled: 'plain',
  failed: 'bad',
};

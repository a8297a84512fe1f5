import type { Task } from './virtual-time';

/** A request that the provider received. */
export interface Arrival {
  /** Of the simulation's steps. */
  step: number;
  at: number;
  lineId: string;
  deviceId: string;
  address: string;
  text: string;
  providerId: string;
  /** What it did with it. */
  outcome: 'accepted' | 'refused' | 'not-on-channel';
  externalId: string | null;
  /** It said later that it had not sent it after all. */
  undone: boolean;
  undoneAs: 'not-on-channel' | 'failed' | null;
  undoneAt: number | null;
  task: Task | undefined;
}

import { firstOf } from '../../platform/clock';
import type { WorkspaceId } from '../../platform/ids';
import type { Message } from './message';

/** What a waiting message waits for. */
export interface WaitReason {
  reason:
    | 'wait'
    | 'previous_step'
    | 'unknown_before'
    | 'outcome'
    | 'provider_trouble'
    | 'reading_account'
    | 'review'
    | 'quiet_hours'
    | 'frequency'
    | 'clock'
    | 'file'
    | 'retry'
    | 'paused'
    | 'read_only'
    | 'no_line'
    | 'window'
    | 'limit'
    | 'gap'
    | 'account_pace'
    | 'turn'
    | 'sending_soon';
  /** When that is over, as far as can be told. */
  until: Date | null;
  /** For people. */
  words: string;
  /**
   * Of `quiet_hours` and `frequency`: which rule, such as `US-TX Sun 12:00-21:00 America/Chicago` or
   * `3 messages a day`.
   */
  rule?: string;
}

/** Why messages wait, with how many of those asked. */
export interface WaitingFor extends WaitReason {
  count: number;
}

/** The same reasons put together; the most frequent comes first. */
export function gatheredReasons(reasons: Iterable<WaitReason>): WaitingFor[] {
  const gathered = new Map<string, WaitingFor>();
  for (const reason of reasons) {
    const key = `${reason.reason} ${reason.words}`;
    const known = gathered.get(key);
    gathered.set(
      key,
      known ? { ...known, count: known.count + 1, until: firstOf(known.until, reason.until) } : { ...reason, count: 1 },
    );
  }
  return [...gathered.values()].sort((a, b) => b.count - a.count);
}

/** Says of waiting messages what they wait for. Whoever sends the messages knows, and implements it. */
export abstract class WaitReasons {
  /** @returns by message id; messages that do not wait are left out */
  abstract of(workspaceId: WorkspaceId, messages: readonly Message[]): Promise<Map<string, WaitReason>>;
}

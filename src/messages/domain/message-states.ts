import type { Message, MessageStatus } from './message';
import type { Ending } from './message-ended';

/**
 * From which statuses to which each change of a message leads. docs/message-states.md draws it, and a test
 * compares the two.
 */
export const TRANSITIONS = {
  becomeDue: { from: ['scheduled'], to: ['queued'] },
  schedule: { from: ['scheduled'], to: ['scheduled'] },
  giveTurn: { from: ['queued'], to: ['queued'] },
  dropTurn: { from: ['queued'], to: ['queued'] },
  putAside: { from: ['queued'], to: ['queued'] },
  claim: { from: ['queued'], to: ['pending'] },
  requeue: { from: ['pending'], to: ['queued'] },
  startAttempt: { from: ['pending'], to: ['sending'] },
  askLater: { from: ['sending'], to: ['sending'] },
  partAccepted: { from: ['sending'], to: ['queued'] },
  sent: { from: ['sending'], to: ['sent'] },
  refused: { from: ['sending'], to: ['queued', 'failed'] },
  notStarted: { from: ['sending'], to: ['queued'] },
  notToBlame: { from: ['sending'], to: ['queued'] },
  forgive: { from: ['queued'], to: ['queued'] },
  notOnChannel: { from: ['sending'], to: ['queued'] },
  blocked: { from: ['sending'], to: ['queued', 'failed', 'cancelled'] },
  outcomeUnknown: { from: ['sending'], to: ['failed'] },
  end: { from: ['pending'], to: ['cancelled', 'fallback', 'failed'] },
  cancel: { from: ['scheduled', 'queued', 'pending'], to: ['cancelled'] },
  lineRemoved: { from: ['scheduled', 'queued', 'pending'], to: ['failed'] },
  delivered: { from: ['sent', 'delivered'], to: ['delivered'] },
  read: { from: ['sent', 'delivered'], to: ['delivered'] },
  failedLate: { from: ['sent', 'queued', 'delivered'], to: ['failed', 'delivered'] },
  notOnChannelLate: { from: ['sent'], to: ['queued'] },
  arrivedAfterAll: { from: ['queued'], to: ['delivered'] },
  goesOnceMore: { from: ['sent'], to: ['queued'] },
  retry: { from: ['failed', 'fallback'], to: ['queued'] },
  resolveUnknown: { from: ['failed'], to: ['sent', 'queued', 'failed'] },
  suspend: { from: ['scheduled', 'queued', 'pending'], to: ['scheduled'] },
  resume: { from: ['cancelled'], to: ['scheduled'] },
  replan: { from: ['scheduled', 'queued', 'pending'], to: ['scheduled'] },
} as const satisfies Record<string, { from: readonly MessageStatus[]; to: readonly MessageStatus[] }>;

export type TransitionName = keyof typeof TRANSITIONS;

/**
 * What a transition writes. The repository's conditional updates are made of the same changes. `revision:
 * 'next'` raises it by one.
 */
export type Change = Partial<Omit<Message, 'id' | 'workspaceId' | 'revision'>> & { revision?: 'next' };

/** A message as it is next, and, where it comes to its end, how. */
export interface Transition {
  message: Message;
  ending: Ending | null;
}

/**
 * A message was to be changed in a state from which that is not possible. A fault of the program, never of a
 * caller.
 */
export class IllegalTransition extends Error {
  constructor(name: TransitionName, message: Message) {
    super(`A message that is ${message.status} cannot ${name} (${message.id})`);
  }
}

/** Nobody works on the message, and no line has it next. */
export const AT_REST = { claim: null, turnLineId: null, notBefore: null, held: null, askedSince: null } as const;
/** The message waits for a turn, in a new revision: jobs of the one before come late. */
export const WAITING_AGAIN = { ...AT_REST, status: 'queued', revision: 'next' } as const;

const isFrom = (name: TransitionName, { status }: Message) => (TRANSITIONS[name].from as readonly string[]).includes(status);

/** @throws IllegalTransition from any status that the table does not name, and to any other */
export function become(name: TransitionName, message: Message, change: Change, ending: Ending | null = null): Transition {
  if (!isFrom(name, message)) throw new IllegalTransition(name, message);
  const { revision, ...fields } = change;
  const next: Message = { ...message, ...fields, revision: message.revision + (revision ? 1 : 0) };
  if (!(TRANSITIONS[name].to as readonly string[]).includes(next.status)) throw new IllegalTransition(name, message);
  const waitsAgain = next.status === 'queued' || next.status === 'scheduled';
  if (!waitsAgain || message.stopRequested === null || name === 'retry') return { message: next, ending };
  // The stop came while the message was on its way. It was not sent, so the stop holds.
  const stopped = { ...next, ...AT_REST, status: 'cancelled' as const, reason: message.stopRequested };
  return { message: stopped, ending: { kind: 'skipped', at: next.updatedAt } };
}

/** @throws IllegalTransition unless the condition holds, which a transition has beside the status */
export function permit(condition: boolean, name: TransitionName, message: Message): void {
  if (!condition) throw new IllegalTransition(name, message);
}

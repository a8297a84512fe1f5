import type { EndReason, Message, Transition } from '../../messages/domain';
import { transitions } from '../../messages/domain';

/** What a gate found out about a message that is not sent now. */
export type GateFindings = Partial<Pick<Message, 'refusals' | 'channel' | 'lineId' | 'held' | 'withoutText'>>;

/**
 * What a gate says of a message: on to the next gate, back to waiting, or the end. None of it is an error.
 */
export type GateResult =
  | { kind: 'pass' }
  /** `notBefore: null`: the line is planned anew at once. */
  | { kind: 'requeue'; notBefore: Date | null; change?: GateFindings }
  /** `transition: null`: somebody else has stopped it meanwhile. */
  | { kind: 'end'; transition: Transition | null };

export const PASS: GateResult = { kind: 'pass' };

export const requeue = (notBefore: Date | null, change?: GateFindings): GateResult => ({ kind: 'requeue', notBefore, change });

export const endWith = (message: Message, why: EndReason, now: Date): GateResult => ({
  kind: 'end',
  transition: transitions.end(message, why, now),
});

/**
 * Who is to blame for a failed call: the `device`, which all lines on it share (it does not answer, or
 * answers 5xx), or the `line` alone (its password is refused).
 */
export type FailureScope = 'device' | 'line';

/** What went wrong with a call, for people to read, and who is to blame for it. */
export interface CallFailure {
  message: string;
  scope: FailureScope;
}

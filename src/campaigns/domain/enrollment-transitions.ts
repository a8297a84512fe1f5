export const ENROLLMENT_STATUSES = ['active', 'completed', 'stopped'] as const;
export type EnrollmentStatus = (typeof ENROLLMENT_STATUSES)[number];

/** From which statuses to which each step of an enrollment's life leads. */
export const ENROLLMENT_TRANSITIONS = {
  complete: { from: ['active'], to: 'completed' },
  stop: { from: ['active'], to: 'stopped' },
  reopen: { from: ['active', 'completed', 'stopped'], to: 'active' },
} as const satisfies Record<string, { from: readonly EnrollmentStatus[]; to: EnrollmentStatus }>;

type EnrollmentTransition = keyof typeof ENROLLMENT_TRANSITIONS;

/** Why somebody gets no further steps. */
export type StopReason = 'replied' | 'opted_out' | 'taken_out' | 'previous_step_failed' | 'lead_deleted';

/** A transition at that moment; a stop says why. */
export type EnrollmentStep =
  { name: Exclude<EnrollmentTransition, 'stop'>; at: Date } | { name: 'stop'; at: Date; reason: StopReason };

/**
 * What a transition writes, to one enrollment or to many. Those in another status are left as they are: what
 * has ended cannot end again.
 */
export const enrollmentChange = (
  step: EnrollmentStep,
): { status: EnrollmentStatus; endedAt: Date | null; stopReason: StopReason | null } => ({
  status: ENROLLMENT_TRANSITIONS[step.name].to,
  endedAt: step.name === 'reopen' ? null : step.at,
  stopReason: step.name === 'stop' ? step.reason : null,
});

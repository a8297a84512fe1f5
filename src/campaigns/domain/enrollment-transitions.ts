export const ENROLLMENT_STATUSES = ['active', 'completed', 'stopped'] as const;
export type EnrollmentStatus = (typeof ENROLLMENT_STATUSES)[number];

/** From which statuses to which each step of an enrollment's life leads. */
export const ENROLLMENT_TRANSITIONS = {
  complete: { from: ['active'], to: 'completed' },
  stop: { from: ['active'], to: 'stopped' },
  reopen: { from: ['active', 'completed', 'stopped'], to: 'active' },
} as const satisfies Record<string, { from: readonly EnrollmentStatus[]; to: EnrollmentStatus }>;

export type EnrollmentTransition = keyof typeof ENROLLMENT_TRANSITIONS;

/**
 * What a transition writes, to one enrollment or to many. Those in another status are left as they are: what
 * has ended cannot end again.
 */
export const enrollmentChange = (name: EnrollmentTransition, now: Date): { status: EnrollmentStatus; endedAt: Date | null } => ({
  status: ENROLLMENT_TRANSITIONS[name].to,
  endedAt: name === 'reopen' ? null : now,
});

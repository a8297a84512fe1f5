/** The earlier of times of which some may be none. */
export const firstOf = (...times: readonly (Date | null)[]): Date | null =>
  times.reduce<Date | null>((first, time) => (time && (!first || time < first) ? time : first), null);

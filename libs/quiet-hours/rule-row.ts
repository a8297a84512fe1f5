/** The days of a row: every day, one day, or the days from one to another. */
type RowDays = 'every day' | 'Mon-Sat' | 'Mon-Fri' | 'Sat-Sun' | 'Sat' | 'Sun';

/** Hours in which the people of a place may be written to, and who says so. */
export interface QuietHoursRow {
  /**
   * A country (ISO 3166), or a state of one, such as `US-FL`. A state without rows has those of its
   * country.
   */
  jurisdiction: string;
  days: RowDays;
  /**
   * The first minute that is allowed and the first that is not, `HH:mm` on the person's clock; null:
   * closed.
   */
  hours: readonly [from: string, to: string] | null;
  /** The local day from which on the row holds; until then those of its country do. */
  validFrom?: string;
  sources: readonly string[];
  /** What other sources say, by the source. */
  disagree?: Readonly<Record<string, string>>;
  /** The day on which the sources were read. */
  reviewed: string;
  note?: string;
}

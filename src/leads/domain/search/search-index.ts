/** What leads are found by, as this version writes it (`tokens.ts`). */
export abstract class SearchIndex {
  /**
   * Writes the tokens of some leads anew that an earlier version wrote. Safe beside anything else, on any
   * number of workers: one does it at a time.
   * @returns false when there is nothing to do now
   */
  abstract renewSome(now: Date): Promise<boolean>;
}

/**
 * So much may be done before others get their turn: a unit is about as much work as looking at one short
 * line.
 */
export const UNITS_PER_TURN = 4_000;

/** Counts work, so that a long mail is read in many short turns and everything else goes on between them. */
export class Turns {
  private units = 0;

  /** @returns whether it is time to `pass` */
  spend(units: number): boolean {
    this.units += units;
    return this.units >= UNITS_PER_TURN;
  }

  /** Lets everything else that waits go first. */
  async pass(): Promise<void> {
    this.units = 0;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

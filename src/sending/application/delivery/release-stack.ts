type Release = () => Promise<unknown>;

/**
 * What the gates have acquired for a message. A gate that says no has everything given back, the last first;
 * once the hand-over begins, recording its outcome decides what becomes of it.
 */
export class ReleaseStack {
  private readonly releases: Release[] = [];

  push(release: Release): void {
    this.releases.push(release);
  }

  /**
   * Gives everything back, the last first.
   * @throws what a release throws; the rest is given back when the claim's lease runs out
   */
  async unwind(): Promise<void> {
    for (let release = this.releases.pop(); release; release = this.releases.pop()) await release();
  }

  /** What was acquired is in use now: nothing of it is given back any more. */
  commit(): void {
    this.releases.length = 0;
  }
}

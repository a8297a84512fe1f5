/** Endpoints that are remembered as sluggish at most. */
const MAX_REMEMBERED = 10_000;

/**
 * Whom a process calls at the same time. Endpoints that fail or are slow share a part of the places, so that
 * however many there are of them, the others find one free.
 */
export class Places {
  private readonly held = new Set<string>();
  private readonly sluggish = new Set<string>();

  /**
   * @param total endpoints at the same time
   * @param forSluggish those of them that may fail or be slow
   */
  constructor(
    private readonly total: number,
    private readonly forSluggish: number,
  ) {}

  /** Are all of them held? */
  get areTaken(): boolean {
    return this.held.size >= this.total;
  }

  /** @returns whether the endpoint, which held none, has one now */
  take(id: string): boolean {
    if (this.areTaken || this.held.has(id)) return false;
    if (this.sluggish.has(id) && this.sluggishNow() >= this.forSluggish) return false;
    this.held.add(id);
    return true;
  }

  leave(id: string): void {
    this.held.delete(id);
  }

  /** What the endpoint was like when it was called last. */
  judge(id: string, isSluggish: boolean): void {
    if (!isSluggish) this.sluggish.delete(id);
    else if (this.sluggish.size < MAX_REMEMBERED) this.sluggish.add(id);
  }

  private sluggishNow(): number {
    return [...this.held].filter((id) => this.sluggish.has(id)).length;
  }
}

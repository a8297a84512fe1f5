/** Whoever works for longer waits for something outside, and leaves its place to others, in milliseconds. */
const LEAVES_AFTER_MS = 500;

/**
 * Whose sends a process works on at the same time. The workspaces that wait for a place take turns, so that
 * the one with the most lines holds up nobody; and a send that waits, for its provider, a device or a file,
 * holds none: a bridge that never answers costs others nothing.
 */
export class Places {
  private taken = 0;
  /** Who waits, by workspace; the one that is next comes first. */
  private readonly waiting = new Map<string, (() => void)[]>();

  /** @param total sends that are worked on at the same time */
  constructor(private readonly total: number) {}

  /** Does the work once there is a place for it. */
  async run(workspaceId: string, work: () => Promise<void>): Promise<void> {
    await this.enter(workspaceId);
    const leave = once(() => this.leave());
    const timer = setTimeout(leave, LEAVES_AFTER_MS);
    try {
      await work();
    } finally {
      clearTimeout(timer);
      leave();
    }
  }

  private async enter(workspaceId: string): Promise<void> {
    if (this.taken < this.total) {
      this.taken += 1;
      return;
    }
    await new Promise<void>((enter) => {
      const others = this.waiting.get(workspaceId);
      if (others) others.push(enter);
      else this.waiting.set(workspaceId, [enter]);
    });
  }

  /** The place goes to whoever is next. */
  private leave(): void {
    const [next] = this.waiting;
    if (!next) {
      this.taken -= 1;
      return;
    }
    const [workspaceId, [enter, ...others]] = next;
    this.waiting.delete(workspaceId);
    if (others.length > 0) this.waiting.set(workspaceId, others);
    enter!();
  }
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}

/** Answers that clients have not read yet may take this much memory together. */
const MOST_BYTES = 256 * 1024 * 1024;
/** Who has been reading for less than this is not slow. */
const PATIENCE_MS = 1_000;

interface Waiting {
  bytes: number;
  since: number;
  close(): void;
}

/**
 * What is sent and not read, over all connections: when it becomes too much, the slowest reader is cut off.
 */
export class UnreadAnswers {
  private readonly waiting = new Set<Waiting>();
  private total = 0;

  /** @returns what to call when the answer has been read */
  add(bytes: number, close: () => void): () => void {
    const entry: Waiting = { bytes, since: Date.now(), close };
    this.waiting.add(entry);
    this.total += bytes;
    this.limit();
    return () => {
      if (this.waiting.delete(entry)) this.total -= bytes;
    };
  }

  private limit(): void {
    const patient = Date.now() - PATIENCE_MS;
    // In the order of their arrival: the first have waited longest.
    for (const entry of this.waiting) {
      if (this.total <= MOST_BYTES || entry.since > patient) return;
      this.waiting.delete(entry);
      this.total -= entry.bytes;
      entry.close();
    }
  }
}

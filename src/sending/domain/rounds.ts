interface Rounds {
  running: Promise<void>;
  /** The round after it, which all that come meanwhile share. */
  next: Promise<void> | null;
}

/**
 * Does a work for each key in rounds, never two at the same time: who comes while one runs shares the next,
 * which begins after they came and so sees all that they have done.
 */
export class SharedRounds<K> {
  private readonly rounds = new Map<K, Rounds>();

  constructor(private readonly work: (key: K) => Promise<void>) {}

  /** @throws what the round throws that began after this call */
  run(key: K): Promise<void> {
    const known = this.rounds.get(key);
    if (!known) return this.begin(key);
    known.next ??= known.running.catch(() => undefined).then(() => this.begin(key));
    return known.next;
  }

  private begin(key: K): Promise<void> {
    const running = this.work(key);
    const rounds: Rounds = { running, next: null };
    this.rounds.set(key, rounds);
    const end = () => {
      if (rounds.next === null) this.rounds.delete(key);
    };
    running.then(end, end);
    return running;
  }
}

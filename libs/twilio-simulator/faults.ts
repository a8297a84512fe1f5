/** What can go wrong with a request that creates a message, beside what its recipient's number says. */
export const FAULTS = [
  'too-many-requests',
  'refused',
  'server-error',
  'bad-gateway',
  'hang',
  'cut',
  'garbage',
  'ok-with-error',
] as const;
export type FaultName = (typeof FAULTS)[number];

export interface Fault {
  name: FaultName;
  /** How many requests it strikes, 1 by default; `null`: all that come. */
  times?: number | null;
  /** Only messages to that number. */
  to?: string;
  /** Whether the message is taken all the same; not with `too-many-requests` and `refused`. */
  taken?: boolean;
  /** Of `too-many-requests`, in seconds. */
  retryAfter?: number;
  /** Strikes reading requests too. */
  everywhere?: boolean;
}

/** Faults that wait for requests, the first one that fits strikes. */
export class Faults {
  private waiting: Fault[] = [];

  set(faults: readonly Fault[]): void {
    this.waiting = faults.map((fault) => ({ ...fault }));
  }

  /** @param to of a message that is to be created; `null`: something is read */
  next(to: string | null): Fault | null {
    const fault = this.waiting.find((one) => (to === null ? one.everywhere : one.to === undefined || one.to === to));
    if (!fault) return null;
    const left = fault.times === undefined ? 1 : fault.times;
    if (left !== null) fault.times = left - 1;
    if (fault.times === 0) this.waiting = this.waiting.filter((one) => one !== fault);
    return fault;
  }
}

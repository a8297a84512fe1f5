import type { Arrival } from './arrival';
import type { KnownLine } from './known';

/** An attempt that may have been sent, for all that the product can know. */
interface UnknownAttempt {
  lineId: string;
  address: string;
  startedAt: Date;
}

/** Holds what lines send, in all and to people whom they had not written to, against their caps. */
export class TouchBook {
  /** By line and person: what was accepted and not taken back; `stays`: it is spent in any case. */
  private readonly touched = new Map<string, Set<Arrival | 'stays'>>();
  /** What each accepted request was counted as. */
  private readonly counted = new Map<Arrival, string[]>();
  private readonly used = new Map<string, number>();

  constructor(private readonly lines: ReadonlyMap<string, KnownLine>) {}

  /** Of an attempt whose outcome stays unknown a first touch, if it was one, stays spent. */
  unknown({ lineId, address, startedAt }: UnknownAttempt, leadId: string | null): void {
    const keys = keysOf(lineId, address, leadId);
    if (!this.isKnown(keys)) this.maybeFirst(lineId, startedAt);
    this.note(keys, 'stays');
  }

  /**
   * Is there room for a first touch on the line, in this hour and day, beside those that workers hold
   * reserved, whatever may count as one?
   */
  mayTouch(lineId: string, at: number, reserved: number): boolean {
    const { firstTouchDaily, firstTouchHourly } = this.lines.get(lineId)!;
    const { day, hour } = periodsOf(at);
    const used = (period: string) =>
      (this.used.get(`first ${lineId} ${period}`) ?? 0) + (this.used.get(`maybe first ${lineId} ${period}`) ?? 0);
    return used(day) + reserved < firstTouchDaily && used(hour) + reserved < firstTouchHourly;
  }

  /** Has the line written to the person, at one of the addresses, and was not all of it taken back? */
  knows(lineId: string, addresses: readonly string[], leadId: string | null): boolean {
    return this.isKnown([...addresses, ...(leadId ? [leadId] : [])].map((one) => `${lineId} ${one}`));
  }

  /** @returns what is wrong with an accepted request, in words */
  arrival(arrival: Arrival, leadId: string | null): string[] {
    const { at, lineId, address } = arrival;
    const line = this.lines.get(lineId)!;
    const { day, hour } = periodsOf(at);
    const wrong: string[] = [];
    const counted: string[] = [];
    const count = (key: string, most: number, words: string) => {
      counted.push(key);
      if (this.add(key, 1) > most) wrong.push(words);
    };
    count(`${lineId} ${day}`, line.daily, `more than ${line.daily} sends on ${day}`);
    const keys = keysOf(lineId, address, leadId);
    if (!keys.some((key) => this.touched.has(key))) {
      count(`first ${lineId} ${day}`, line.firstTouchDaily, `more than ${line.firstTouchDaily} first touches on ${day}`);
      count(`first ${lineId} ${hour}`, line.firstTouchHourly, `more than ${line.firstTouchHourly} first touches in ${hour}`);
      // All that they got was taken back: nobody can tell here when the product knew that.
    } else if (!this.isKnown(keys)) this.maybeFirst(lineId, new Date(at));
    this.note(keys, arrival);
    this.counted.set(arrival, counted);
    return wrong;
  }

  /** It was not sent after all: a refusal that is proven frees its place. */
  undone(arrival: Arrival): void {
    for (const key of this.counted.get(arrival) ?? []) this.add(key, -1);
    this.counted.delete(arrival);
    for (const arrivals of this.touched.values()) arrivals.delete(arrival);
  }

  private isKnown(keys: readonly string[]): boolean {
    return keys.some((key) => (this.touched.get(key)?.size ?? 0) > 0);
  }

  private note(keys: readonly string[], what: Arrival | 'stays'): void {
    for (const key of keys) this.touched.set(key, (this.touched.get(key) ?? new Set()).add(what));
  }

  private maybeFirst(lineId: string, at: Date): void {
    for (const period of Object.values(periodsOf(at.getTime()))) this.add(`maybe first ${lineId} ${period}`, 1);
  }

  private add(key: string, number: number): number {
    const now = (this.used.get(key) ?? 0) + number;
    this.used.set(key, now);
    return now;
  }
}

const keysOf = (lineId: string, address: string, leadId: string | null): string[] => [
  `${lineId} ${address}`,
  ...(leadId ? [`${lineId} ${leadId}`] : []),
];

function periodsOf(at: number): { day: string; hour: string } {
  const time = new Date(at).toISOString();
  return { day: time.slice(0, 10), hour: time.slice(0, 13) };
}

import type { CallFailure, SendOutcome } from '../../src/channels';
import type { VirtualTime } from './virtual-time';

const MINUTE = 60_000;
/**
 * Ways in which nothing can be sent, each for itself: the Mac, the helper, a proxy, the password, the pace.
 */
export const OUTAGES = ['off', 'helper', 'page', 'key', 'throttled'] as const;
export type Outage = (typeof OUTAGES)[number];

export const AWAY = 'The bridge cannot be reached';
const FAILURE: CallFailure = { message: AWAY, scope: 'device' };
const READABLE: ReadonlySet<Outage | null> = new Set([null, 'helper', 'throttled']);

/** What a send is answered with. A proxy's page is no proof that nothing was sent, though nothing was. */
export const DURING: Record<Outage, SendOutcome> = {
  off: { kind: 'not-to-blame', code: 'UNREACHABLE', ...FAILURE },
  helper: { kind: 'not-to-blame', code: 'HELPER_AWAY', ...FAILURE },
  page: { kind: 'unknown', message: AWAY, failure: FAILURE },
  key: { kind: 'not-to-blame', code: 'UNAUTHORIZED', message: AWAY, scope: 'line' },
  throttled: { kind: 'throttled', code: 'THROTTLED', message: AWAY, scope: 'device', retryAfterMs: 5 * MINUTE },
};

export const scopeOf = (outage: Outage | null): CallFailure['scope'] => (outage === 'key' ? 'line' : 'device');

const isUnreadable = (kind: Outage): boolean => !READABLE.has(kind);

/** When which device cannot be used, and which line by itself. */
export class Outages {
  /** The device of each line, by the line's id. */
  readonly deviceOf = new Map<string, string>();
  /** Of devices, and of lines whose key alone is wrong: neither ends the other. */
  private readonly outages = new Map<string, { since: number; until: number; kind: Outage }>();

  constructor(private readonly time: VirtualTime) {}

  begin(lineId: string, until: number, kind: Outage): void {
    const id = kind === 'key' ? lineId : this.deviceOf.get(lineId)!;
    const before = this.outages.get(id);
    const goesOn = before && before.until >= this.time.ms && isUnreadable(before.kind) && isUnreadable(kind);
    this.outages.set(id, { since: goesOn ? before.since : this.time.ms, until, kind });
  }

  /** What keeps the line from being used now. */
  of(lineId: string): Outage | null {
    const now = (id: string) => {
      const outage = this.outages.get(id);
      return outage && outage.until > this.time.ms ? outage.kind : null;
    };
    const [device, key] = [now(this.deviceOf.get(lineId)!), now(lineId)];
    // What is not there looks at no key.
    return device === 'off' || device === 'page' ? device : (key ?? device);
  }

  /** The book can be read although nothing can be sent. */
  isReadable(lineId: string): boolean {
    return READABLE.has(this.of(lineId));
  }

  /** Since when the account of the line cannot be read; `null` where it can. */
  unreadableSince(lineId: string): number | null {
    const begun = [this.outages.get(lineId), this.outages.get(this.deviceOf.get(lineId)!)].flatMap((outage) =>
      outage && outage.until > this.time.ms && isUnreadable(outage.kind) ? outage.since : [],
    );
    return begun.length === 0 ? null : Math.min(...begun);
  }

  /** When the account of the line could last not be read. */
  unreadableUntil(lineId: string): number {
    const outages = [this.outages.get(lineId), this.outages.get(this.deviceOf.get(lineId)!)];
    return Math.max(0, ...outages.map((outage) => (outage && isUnreadable(outage.kind) ? outage.until : 0)));
  }
}

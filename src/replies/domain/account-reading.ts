import type { ChannelName } from '../../channels/domain';
import type { WorkspaceId } from '../../platform/ids';

/** How far an account at a provider has been read. */
export interface AccountReading {
  /** `accountKeyOf` its lines. */
  key: string;
  workspaceId: WorkspaceId;
  /** A line on the account, by which it is read. */
  lineId: string;
  /** Its lines' channel; not there while the account was last used by an earlier version. */
  channel?: ChannelName;
  /** What came before that is no news. */
  since: Date;
  /** The adapter's own; `null` before the first reading. */
  cursor: object | null;
  /** When the last whole reading began: what came before then is known. */
  readAt: Date | null;
  /** When the last reading failed; `null` since one has worked. */
  failedAt: Date | null;
  /** It is read regularly until then, and on demand after. */
  activeUntil: Date;
  /** When the provider last told of something by itself. */
  lastEventAt: Date | null;
  /** Since when messages come in that the provider does not tell of. */
  unannouncedSince: Date | null;
}

/** A message that came in is told of within this time, in milliseconds, or not at all. */
const ANNOUNCED_WITHIN_MS = 60_000;

/** Does the provider no longer tell of what comes in? */
export const isDeaf = ({ unannouncedSince }: AccountReading, now: Date): boolean =>
  unannouncedSince !== null && now.getTime() - unannouncedSince.getTime() > ANNOUNCED_WITHIN_MS;

/** The right to read an account, which one worker has at a time. */
export interface ReadingClaim {
  key: string;
  token: string;
}

/** An account that is about to be used, and by which line. */
export type UsedAccount = Required<Pick<AccountReading, 'key' | 'workspaceId' | 'lineId' | 'channel'>>;

/** Where readings of accounts stand. */
export abstract class AccountReadings {
  abstract find(key: string): Promise<AccountReading | null>;
  abstract findMany(keys: readonly string[]): Promise<AccountReading[]>;
  /** Makes the account known, keeps it active until then, and has it read now where it is new. */
  abstract activate(account: UsedAccount, until: Date, now: Date): Promise<void>;
  /** Accounts on these channels that are in use, in the order of their keys, from behind `after` on. */
  abstract inUse(channels: readonly ChannelName[], now: Date, after: string, limit: number): Promise<AccountReading[]>;
  /** The account is read at the next tick. */
  abstract wish(key: string, now: Date): Promise<void>;
  /** Accounts whose regular reading is due, or that are wished for. */
  abstract due(now: Date, limit: number): Promise<AccountReading[]>;
  /** When the next one is due; `null` where none is in use. */
  abstract nextAt(): Promise<Date | null>;
  /** @returns `null` while another worker reads it */
  abstract claim(claim: ReadingClaim, until: Date, now: Date): Promise<AccountReading | null>;
  /** A part was read, and more is there: the claim holds until then. @returns false when it had run out */
  abstract progressed(claim: ReadingClaim, cursor: object, until: Date): Promise<boolean>;
  /** A reading came to its end. @returns false when the claim had run out */
  abstract done(claim: ReadingClaim, read: { cursor: object; readAt: Date }, nextAt: Date): Promise<boolean>;
  abstract failed(claim: ReadingClaim, now: Date, nextAt: Date): Promise<void>;
  /** The provider told of something by itself. */
  abstract announced(key: string, now: Date): Promise<void>;
  /** A message was found by reading alone, unless the provider has told of something since. */
  abstract unannounced(key: string, at: Date): Promise<void>;
}

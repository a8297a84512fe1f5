import type { ChannelName, OverallPace, RatePace, SettingValue } from '../../channels/domain';
import type { WorkspaceId } from '../../platform/ids';
import type { Page, PageRequest } from '../../platform/paging';
import { ConcurrentWrite, type Transaction } from '../../platform/transaction';

/** How an account did when it was last asked. */
export interface AccountHealth {
  status: 'unknown' | 'healthy' | 'unhealthy';
  lastCheckedAt: Date | null;
  /** Why it does not work, for people to read. */
  reason: string | null;
}

export const UNASKED: AccountHealth = { status: 'unknown', lastCheckedAt: null, reason: null };

/** Credentials at a provider: a BlueBubbles server, an SMS account, a mail server. Lines are on accounts. */
export interface Account {
  id: string;
  workspaceId: WorkspaceId;
  channel: ChannelName;
  /** The adapter's. */
  provider: string;
  name: string | null;
  /** The physical device behind it, which its lines share. */
  deviceId: string;
  /** What its adapter declares; `null` is none. */
  settings: Readonly<Record<string, SettingValue>>;
  /** All secrets by name, as JSON, sealed; `null`: there are none. Never shown. */
  secrets: string | null;
  /**
   * The sealed password of a bridge whose account a migration made: it has no key to seal a bag with. `null`
   * once the account was changed.
   */
  bridgePassword: string | null;
  /** The secrets that are set. */
  secretNames: readonly string[];
  /**
   * Sealed; part of the URL that the provider calls. `null` where it was made for lines, which have URLs of
   * their own.
   */
  inboundSecret: string | null;
  /** The pace of its lines that have none of their own; `null`: as its channel has it. */
  pace: RatePace | null;
  /** The pace of all its lines together; `null`: as its channel has it. */
  overallPace: OverallPace | null;
  /** It was made for a line that named its bridge; it goes with the last line. */
  isImplicit: boolean;
  health: AccountHealth;
  createdAt: Date;
  updatedAt: Date;
}

/**
 * What tells accounts on bridges apart, but for the password. Other accounts are told apart by their ids.
 */
export const placeOf = ({
  id,
  channel,
  settings,
  deviceId,
}: Pick<Account, 'id' | 'channel' | 'settings' | 'deviceId'>): string =>
  typeof settings.bridgeUrl === 'string' ? `${channel} ${settings.bridgeUrl} ${deviceId}` : `${channel} ${id}`;

/** Without a device of its own, an account's device is its bridge: a bridge runs on one Mac. */
export const standardDevice = ({ id, settings }: Pick<Account, 'id' | 'settings'>): string =>
  typeof settings.bridgeUrl === 'string' ? new URL(settings.bridgeUrl).host : id;

/** The secret of an inbound URL, in place of another one. */
export interface NewAccountSecret {
  /** Sealed. */
  inboundSecret: string;
  fingerprint: string;
  /** Until when the one before counts as well. */
  previousUntil: Date;
  now: Date;
}

/** Another call made an account of the same bridge at the same moment. */
export class AccountMadeMeanwhile extends ConcurrentWrite {}

export abstract class Accounts {
  abstract find(workspaceId: WorkspaceId, id: string, transaction?: Transaction): Promise<Account | null>;
  /** Oldest first. */
  abstract list(workspaceId: WorkspaceId, pageRequest: PageRequest): Promise<Page<Account>>;
  /** The accounts of a place, oldest first: they differ in their passwords. */
  abstract at(workspaceId: WorkspaceId, place: string, transaction: Transaction): Promise<Account[]>;
  /**
   * The account whose inbound secret has the fingerprint, of whatever workspace: the secret is the
   * authentication. The one before counts as well, until its time is over.
   */
  abstract findBySecret(secretFingerprint: string, now: Date): Promise<Account | null>;
  /**
   * Gives the account another inbound secret; from now on it stays without lines.
   * @returns false when there is no such account
   */
  abstract rotateSecret(
    account: Pick<Account, 'workspaceId' | 'id'>,
    secret: NewAccountSecret,
    transaction: Transaction,
  ): Promise<boolean>;
  /** @throws AccountMadeMeanwhile */
  abstract insert(account: Account, secretFingerprint: string | null, transaction: Transaction): Promise<void>;
  /** All but its health. @throws AccountMadeMeanwhile @returns false when there is no such account */
  abstract save(account: Account, transaction: Transaction): Promise<boolean>;
  /** Nothing is saved where the account was changed since it was read. */
  abstract saveHealth(account: Account, health: AccountHealth): Promise<void>;
  /**
   * Keeps the account from being changed or removed by another transaction before this one commits. Whoever
   * puts a line on it does so.
   * @returns false when there is no such account
   */
  abstract hold(workspaceId: WorkspaceId, id: string, transaction: Transaction): Promise<boolean>;
  abstract remove(workspaceId: WorkspaceId, id: string, transaction: Transaction): Promise<boolean>;
}

/** Published, in the same transaction, when what an account says was changed. */
export class AccountChanged {
  constructor(
    readonly before: Account,
    readonly after: Account,
  ) {}
}

/** Says which lines are on accounts. Whoever keeps lines knows, and implements it. */
export abstract class AccountUse {
  /** The e-mail addresses of the lines on the account. */
  abstract addresses(workspaceId: WorkspaceId, accountId: string): Promise<string[]>;
  /** How many lines are on the account. */
  abstract countLines(workspaceId: WorkspaceId, accountId: string, transaction?: Transaction): Promise<number>;
}

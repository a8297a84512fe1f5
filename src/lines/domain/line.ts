import type {
  CallFailure,
  ChannelName,
  Channels,
  FailureScope,
  LineLimits,
  OverallPace,
  RatePace,
  SettingValue,
} from '../../channels/domain';
import type { WorkspaceId } from '../../platform/ids';
import type { Page, PageRequest } from '../../platform/paging';
import type { Transaction } from '../../platform/transaction';

/** How a line is doing, by the outcome of its last calls. */
export interface LineHealth {
  status: 'unknown' | 'healthy' | 'unhealthy';
  lastCheckedAt: Date | null;
  /** Why it is unhealthy, for people to read. */
  reason: string | null;
  /** Who is to blame: the device, which the lines on it share, or the line alone. */
  cause: FailureScope | null;
  unhealthySince: Date | null;
  /** Failed calls in a row. */
  failures: number;
  /** When an unhealthy line is probed next. */
  tryAgainAt: Date | null;
}

/** What a line holds of its account: a copy, so that nothing more is read for a send. */
interface LineAccount {
  id: string;
  settings: Readonly<Record<string, SettingValue>>;
  /** Sealed as one; `null` where the account has none but what the line's `bridgePassword` is. */
  secrets: string | null;
  pace: RatePace | null;
  /** Of all its lines together. */
  overallPace: OverallPace | null;
}

/** A sending identity on a channel. */
export interface Line extends LineLimits {
  id: string;
  workspaceId: WorkspaceId;
  firstName: string | null;
  lastName: string | null;
  phone: string | null;
  email: string | null;
  channel: ChannelName;
  /** The physical device behind the line. Lines of one device share its gap. */
  deviceId: string;
  bridgeUrl: string | null;
  /** Sealed; never shown. */
  bridgePassword: string | null;
  /**
   * `null`: an earlier version made the line, and nobody has changed it since, or its channel has no adapter.
   * Where the line says `bridgeUrl` and `bridgePassword`, they go before what is here: an earlier version may
   * have changed them.
   */
  account: LineAccount | null;
  /** Sealed; part of the URL that the provider calls. */
  inboundSecret: string;
  /** The day, of UTC, on which the ramp began; `null` without one. */
  rampSince: Date | null;
  /** In place of its channel's; `null`: as its channel has it. */
  pace: RatePace | null;
  isActive: boolean;
  health: LineHealth;
  createdAt: Date;
  updatedAt: Date;
}

export const UNKNOWN_HEALTH: LineHealth = {
  status: 'unknown',
  lastCheckedAt: null,
  reason: null,
  cause: null,
  unhealthySince: null,
  failures: 0,
  tryAgainAt: null,
};

/** This many failures in a row of calls other than sends make a line unhealthy; one may be chance. */
const FAILURES_TO_UNHEALTHY = 2;
const FIRST_BACKOFF_MS = 15_000;
const MAX_BACKOFF_MS = 10 * 60_000;

/** A line's health after a call. @param failure `null` when the device answered */
export function healthAfter(before: LineHealth, failure: CallFailure | null, now: Date): LineHealth {
  if (failure === null) return { ...UNKNOWN_HEALTH, status: 'healthy', lastCheckedAt: now };
  const failures = before.failures + 1;
  const unhealthy = before.status === 'unhealthy' || failures >= FAILURES_TO_UNHEALTHY;
  return unhealthy ? unhealthyFor(before, failure, now) : { ...failed(before, failure, now), status: before.status };
}

/** The line is set aside at once, and probed at the given time; each probe that fails doubles the pause. */
export const setAside = (before: LineHealth, failure: CallFailure, now: Date, probeAt: Date): LineHealth => ({
  ...unhealthyFor(before, failure, now),
  tryAgainAt: probeAt,
});

function unhealthyFor(before: LineHealth, failure: CallFailure, now: Date): LineHealth {
  const doublings = Math.max(0, before.failures + 1 - FAILURES_TO_UNHEALTHY);
  const backoff = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(doublings, 20));
  const tryAgainAt = new Date(now.getTime() + backoff);
  return { ...failed(before, failure, now), status: 'unhealthy', unhealthySince: before.unhealthySince ?? now, tryAgainAt };
}

const failed = (before: LineHealth, { message, scope }: CallFailure, now: Date): LineHealth => ({
  ...before,
  lastCheckedAt: now,
  reason: message,
  cause: scope,
  failures: before.failures + 1,
});

/** May the line be used? An unhealthy one waits for a probe that costs nobody anything to find it well. */
export const isUsable = ({ isActive, health }: Line): boolean => isActive && health.status !== 'unhealthy';

/** How fast it may send: as it says, else its account, else its channel; `null`: one by one, with gaps. */
export const paceOf = ({ pace, account, channel }: Line, channels: Pick<Channels, 'paceOf'>): RatePace | null =>
  pace ?? account?.pace ?? channels.paceOf(channel);

/** How fast all lines of its account may send together: as it says, else its channel; `null`: as they do. */
export const overallPaceOf = ({ account, channel }: Line, channels: Pick<Channels, 'overallPaceOf'>): OverallPace | null =>
  account && (account.overallPace ?? channels.overallPaceOf(channel));

/** The name that `{line_name}` stands for. */
export const lineName = (line: Pick<Line, 'firstName' | 'lastName'>): string =>
  [line.firstName, line.lastName].filter(Boolean).join(' ');

/** A line whose status is another now. */
export interface HealthChange {
  /** As it is now. */
  line: Line;
  before: LineHealth['status'];
}

/** The secret of an inbound URL, in place of another one. */
export interface NewInboundSecret {
  /** Sealed. */
  inboundSecret: string;
  fingerprint: string;
  /** Until when the one before counts as well. */
  previousUntil: Date;
  now: Date;
}

export abstract class Lines {
  abstract find(workspaceId: WorkspaceId, id: string, transaction?: Transaction): Promise<Line | null>;
  abstract findMany(workspaceId: WorkspaceId, ids: readonly string[]): Promise<Line[]>;
  abstract list(workspaceId: WorkspaceId, pageRequest: PageRequest): Promise<Page<Line>>;
  /** Every line of the workspace, oldest first. */
  abstract all(workspaceId: WorkspaceId): Promise<Line[]>;
  /** The lines on the account, oldest first. */
  abstract onAccount(workspaceId: WorkspaceId, accountId: string, transaction: Transaction): Promise<Line[]>;
  /** The oldest line on the account, with the address where one is given; else one that was removed last. */
  abstract findOnAccount(workspaceId: WorkspaceId, accountId: string, address: string | null): Promise<Line | null>;
  abstract countOnAccount(workspaceId: WorkspaceId, accountId: string, transaction?: Transaction): Promise<number>;
  abstract insert(line: Line, secretFingerprint: string, transaction: Transaction): Promise<void>;
  abstract save(line: Line, transaction: Transaction): Promise<boolean>;
  /**
   * Writes the line's health. Where it is about its device, the other lines on it get the same, but for those
   * that fail for reasons of their own.
   * @param scope `device`: a failure of the device begins or ends
   * @returns the lines whose status is another now
   */
  abstract saveHealth(line: Line, health: LineHealth, scope: FailureScope, transaction: Transaction): Promise<HealthChange[]>;
  /**
   * Unhealthy lines, of all workspaces, that are to be probed by now. Each is given out once: no other worker
   * gets it, nor its neighbours on the device where that is to blame, before `next`.
   */
  abstract takeForProbe(now: Date, next: Date): Promise<Line | null>;
  /** When the next line is to be probed, of all workspaces; `null` where all are well. */
  abstract nextProbeAt(): Promise<Date | null>;
  /** Its inbound secret, and what is needed to take in answers to it, are kept for 90 days. */
  abstract remove(workspaceId: WorkspaceId, id: string, now: Date, transaction: Transaction): Promise<boolean>;
  /** A line that was removed not long ago. */
  abstract findRemoved(workspaceId: WorkspaceId, id: string): Promise<Line | null>;
  /**
   * The line whose inbound secret has the fingerprint, of whatever workspace, removed or not: the secret is
   * the authentication. The one before counts as well, until its time is over.
   */
  abstract findBySecret(secretFingerprint: string, now: Date): Promise<Line | null>;
  /**
   * Gives the line another inbound secret.
   * @returns false when there is no such line
   */
  abstract rotateSecret(
    line: Pick<Line, 'workspaceId' | 'id'>,
    secret: NewInboundSecret,
    transaction: Transaction,
  ): Promise<boolean>;
}

/** Published, in the same transaction, when the health of lines became another. */
export class LineHealthChanged {
  constructor(
    readonly workspaceId: WorkspaceId,
    readonly changes: readonly HealthChange[],
  ) {}
}

/** Published, in the same transaction, when a line was made, changed or removed. */
export class LineChanged {
  constructor(
    readonly workspaceId: WorkspaceId,
    readonly lineId: string,
    /** What it is from now on; `removed` is for good. */
    readonly state: 'active' | 'inactive' | 'removed',
  ) {}
}

import type { CallFailure, ChannelName, FailureScope } from '../../channels/domain';
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
  /** From then on an unhealthy line may be probed. */
  tryAgainAt: Date | null;
}

/**
 * What a line may send: first touches (a recipient it never wrote to) a UTC day and hour, and all sends a UTC
 * day.
 */
export interface LineLimits {
  dailyNewConversationsLimit: number;
  /** E-mail lines have none. */
  hourlyNewConversationsLimit: number;
  dailyTotalMessagesLimit: number;
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
  /** Sealed; part of the URL that the provider calls. */
  inboundSecret: string;
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

/** This many failures in a row make a line unhealthy; one may be chance. */
const FAILURES_TO_UNHEALTHY = 2;
const FIRST_BACKOFF_MS = 15_000;
const MAX_BACKOFF_MS = 10 * 60_000;

/** A line's health after a call. @param failure `null` when the device answered */
export function healthAfter(before: LineHealth, failure: CallFailure | null, now: Date): LineHealth {
  if (failure === null) return { ...UNKNOWN_HEALTH, status: 'healthy', lastCheckedAt: now };
  const failures = before.failures + 1;
  const backoff = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.max(0, failures - FAILURES_TO_UNHEALTHY));
  const unhealthy = failures >= FAILURES_TO_UNHEALTHY;
  return {
    status: unhealthy ? 'unhealthy' : before.status,
    lastCheckedAt: now,
    reason: failure.message,
    cause: failure.scope,
    unhealthySince: unhealthy ? (before.unhealthySince ?? now) : null,
    failures,
    tryAgainAt: unhealthy ? new Date(now.getTime() + backoff) : null,
  };
}

/** May the line be used now? An unhealthy one may once its pause is over, to see whether it came back. */
export const isUsable = (line: Line, now: Date): boolean =>
  line.isActive && (line.health.status !== 'unhealthy' || (line.health.tryAgainAt ?? now) <= now);

/** The name that `{line_name}` stands for. */
export const lineName = (line: Pick<Line, 'firstName' | 'lastName'>): string =>
  [line.firstName, line.lastName].filter(Boolean).join(' ');

export abstract class Lines {
  abstract find(workspaceId: WorkspaceId, id: string): Promise<Line | null>;
  abstract findMany(workspaceId: WorkspaceId, ids: readonly string[]): Promise<Line[]>;
  abstract list(workspaceId: WorkspaceId, pageRequest: PageRequest): Promise<Page<Line>>;
  /** Every line of the workspace, oldest first. */
  abstract all(workspaceId: WorkspaceId): Promise<Line[]>;
  abstract insert(line: Line, secretFingerprint: string, transaction: Transaction): Promise<void>;
  abstract save(line: Line, transaction: Transaction): Promise<boolean>;
  /**
   * Writes the line's health. Where it is about its device, the other lines on it get the same, but for those
   * that fail for reasons of their own.
   * @param scope `device`: a failure of the device begins or ends
   */
  abstract saveHealth(line: Line, health: LineHealth, scope: FailureScope): Promise<void>;
  abstract remove(workspaceId: WorkspaceId, id: string, transaction: Transaction): Promise<boolean>;
  /**
   * The line whose inbound secret has the fingerprint, of whatever workspace: the secret is the
   * authentication.
   */
  abstract findBySecret(secretFingerprint: string): Promise<Line | null>;
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

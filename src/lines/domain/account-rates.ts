import type { OverallPace } from '../../channels/domain';
import type { WorkspaceId } from '../../platform/ids';

/** What wants to begin on an account. */
export interface OnAccount {
  workspaceId: WorkspaceId;
  accountId: string;
  pace: OverallPace;
  units: number;
  now: Date;
  /** So long it can wait for the account. */
  patientUntil: Date;
}

/**
 * The rate that the lines of an account share, kept in the store for all processes. Whoever comes is given
 * the next moment that is free, and waits for it: nobody asks twice.
 */
export abstract class AccountRates {
  /**
   * Pays for the units.
   * @returns when they may begin; `isPaid` is false where that is too late to be waited for, and nothing was
   * paid
   */
  abstract take(wanted: OnAccount): Promise<{ at: Date; isPaid: boolean }>;
  /** By account: when what was taken so far is paid for; accounts that never sent by a rate are left out. */
  abstract paidUntil(workspaceId: WorkspaceId, accountIds: readonly string[]): Promise<Map<string, Date>>;
}

import type { AvailabilityStatus } from '../../leads/domain';

/** The kind of background work: what a caller asked for. */
export const BATCH = 'availability-batch';
/** Another, of which a workspace has one at most, and the name of its leads' batch. */
export const NEW_LEADS = 'availability-new-leads';
export const BATCH_KINDS = [BATCH, NEW_LEADS] as const;

/** How far many checks have come. */
export interface BatchCounts {
  total: number;
  checked: number;
  available: number;
  unavailable: number;
  errors: number;
  /** Leads that were gone when their turn came; part of `checked`. */
  missing: number;
  /** The last lead that was checked or found missing. */
  after: string | null;
  /**
   * The lead that is being checked, and the addresses that were asked about, each written down before its
   * question. A worker that takes over asks about none of them again.
   */
  open: { leadId: string; asked: Asked[] } | null;
}

export interface Asked {
  address: string;
  /** What went wrong, where that is known. */
  trouble: string | null;
}

export const NOTHING_CHECKED: BatchCounts = {
  total: 0,
  checked: 0,
  available: 0,
  unavailable: 0,
  errors: 0,
  missing: 0,
  after: null,
  open: null,
};

/** The progress with one lead more. */
export function counted<P extends BatchCounts>(progress: P, leadId: string, status: AvailabilityStatus | 'missing'): P {
  const key = status === 'error' ? 'errors' : status;
  return { ...progress, after: leadId, open: null, checked: progress.checked + 1, [key]: progress[key] + 1 };
}

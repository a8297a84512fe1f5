import type { AvailabilityStatus, ContactField } from '../../leads/domain';
import type { WorkspaceId } from '../../platform/ids';

/** The order in which a lead's addresses are asked. The first with iMessage ends the check. */
export const CHECK_ORDER: readonly ContactField[] = [
  'phone',
  'email',
  'altPhone1',
  'altPhone2',
  'altPhone3',
  'altEmail1',
  'altEmail2',
  'altEmail3',
];

/** A known answer for one address. A failed check is never kept. */
export interface CheckResult {
  available: boolean;
  checkedAt: Date;
}

/** What one address turned out to be. */
export type AddressFinding = { kind: 'available' | 'unavailable' } | { kind: 'failed'; reason: string };

export interface LeadFinding {
  status: AvailabilityStatus;
  availableAddress: string | null;
  /** Of status `error`: what went wrong. */
  reason: string | null;
}

/** Answers paid for so recently are used again even when the caller asks anew. */
const REFRESH_KEEPS_MS = 10 * 60_000;

/**
 * May the known answer stand in for a new question?
 * @param ttlHours 0: only while `refresh` would keep it too, so never
 */
export function isStillGood(known: CheckResult, refresh: boolean, ttlHours: number, now: Date): boolean {
  const age = now.getTime() - known.checkedAt.getTime();
  return age < (refresh ? REFRESH_KEEPS_MS : ttlHours * 3_600_000);
}

/** What the findings, one for each address asked, say of the lead. */
export function leadFinding(findings: readonly { address: string; finding: AddressFinding }[]): LeadFinding {
  const hit = findings.find(({ finding }) => finding.kind === 'available');
  if (hit) return { status: 'available', availableAddress: hit.address, reason: null };
  const failure = findings.map(({ finding }) => finding).find((finding) => finding.kind === 'failed');
  if (failure) return { status: 'error', availableAddress: null, reason: failure.reason };
  return { status: 'unavailable', availableAddress: null, reason: null };
}

/** What known answers say of a lead; `null` when one is missing before it is decided. */
export function findingOfCached(
  addresses: readonly string[],
  answerOf: (address: string) => CheckResult | null,
): LeadFinding | null {
  for (const address of addresses) {
    const answer = answerOf(address);
    if (!answer) return null;
    if (answer.available) return { status: 'available', availableAddress: address, reason: null };
  }
  return { status: 'unavailable', availableAddress: null, reason: null };
}

/** Answers per workspace and address. */
export abstract class CheckResultCache {
  abstract find(workspaceId: WorkspaceId, addresses: readonly string[]): Promise<Map<string, CheckResult>>;
  abstract save(workspaceId: WorkspaceId, address: string, answer: CheckResult): Promise<void>;
}

/**
 * Checks that lines did in a UTC day, against the cap. Reserved before the bridge is asked, so that no number
 * of workers exceeds it.
 */
export abstract class CheckQuota {
  abstract used(workspaceId: WorkspaceId, lineIds: readonly string[], day: string): Promise<Map<string, number>>;
  /** @returns whether there was one left */
  abstract reserve(workspaceId: WorkspaceId, lineId: string, day: string): Promise<boolean>;
  /** Undoes a reservation with which nothing was asked. */
  abstract release(workspaceId: WorkspaceId, lineId: string, day: string): Promise<void>;
}

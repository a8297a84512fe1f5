import type { AvailabilityStatus, ContactField, Lead } from '../../leads/domain';
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

/** A cached answer for one address. A failed check is never cached. */
export interface CheckResult {
  available: boolean;
  checkedAt: Date;
}

/** What one address turned out to be. */
export type AddressFinding =
  | { kind: 'available' | 'unavailable' }
  | { kind: 'failed'; reason: string }
  /** The provider would ask about another address. It is never asked, and costs nothing. */
  | { kind: 'not-askable'; reason: string };

export interface LeadFinding {
  status: AvailabilityStatus;
  availableAddress: string | null;
  /** Of status `error`: what went wrong. */
  reason: string | null;
}

/** What a caller is told of a lead. */
export interface LeadResult {
  leadId: string;
  /** Of the lead, in the system that it comes from. */
  externalId: string | null;
  available: boolean;
  status: AvailabilityStatus;
  /** Of status `error`. */
  reason?: string;
}

/** What is said of an id that is no lead of the workspace, beside the results of others. */
export interface UnknownLead {
  leadId: string;
  externalId: null;
  available: false;
  status: 'not_found';
}

export const notFound = (leadId: string): UnknownLead => ({
  leadId,
  externalId: null,
  available: false,
  status: 'not_found',
});

export const resultOf = ({ id, externalId }: Pick<Lead, 'id' | 'externalId'>, { status, reason }: LeadFinding): LeadResult => ({
  leadId: id,
  externalId,
  available: status === 'available',
  status,
  ...(reason !== null && { reason }),
});

/** Answers paid for so recently are used again even when the caller asks anew. */
const REFRESH_KEEPS_MS = 10 * 60_000;

/** For how long answers are good, in hours; 0 means never. */
export interface AnswerTtl {
  ttlHours: number;
  /** Bridges give false negatives: what is not on iMessage is asked about sooner, never later. */
  negativeTtlHours: number;
}

/**
 * May the cached answer stand in for a new question? Where the caller asks anew, only one that is minutes
 * old.
 */
export function isStillGood(
  { available, checkedAt }: CheckResult,
  { refresh, ttlHours, negativeTtlHours, now }: AnswerTtl & { refresh: boolean; now: Date },
): boolean {
  const hours = available ? ttlHours : Math.min(ttlHours, negativeTtlHours);
  const age = now.getTime() - checkedAt.getTime();
  return age < (refresh ? REFRESH_KEEPS_MS : hours * 3_600_000);
}

const isFailure = (finding: AddressFinding) => finding.kind === 'failed' || finding.kind === 'not-askable';

/** What the findings, one for each address asked, say of the lead. */
export function leadFinding(findings: readonly { address: string; finding: AddressFinding }[]): LeadFinding {
  const hit = findings.find(({ finding }) => finding.kind === 'available');
  if (hit) return { status: 'available', availableAddress: hit.address, reason: null };
  const failure = findings.map(({ finding }) => finding).find(isFailure);
  if (failure) return { status: 'error', availableAddress: null, reason: failure.reason };
  return { status: 'unavailable', availableAddress: null, reason: null };
}

/** What cached answers say of a lead; `null` when one is missing before it is decided. */
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

/** Caches answers by workspace and address. */
export abstract class CheckResultCache {
  abstract find(workspaceId: WorkspaceId, addresses: readonly string[]): Promise<Map<string, CheckResult>>;
  abstract save(workspaceId: WorkspaceId, address: string, answer: CheckResult): Promise<void>;
}

/**
 * Checks that lines did in a UTC day, against their daily limit. Each is reserved before the bridge is asked,
 * so that no number of workers exceeds the limit.
 */
export abstract class CheckQuota {
  abstract used(workspaceId: WorkspaceId, lineIds: readonly string[], day: string): Promise<Map<string, number>>;
  /** @returns whether there was one left */
  abstract reserve(workspaceId: WorkspaceId, lineId: string, day: string): Promise<boolean>;
  /** Undoes a reservation with which nothing was asked. */
  abstract release(workspaceId: WorkspaceId, lineId: string, day: string): Promise<void>;
}

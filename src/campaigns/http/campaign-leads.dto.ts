import { IGNORED_FIELDS } from '../../leads';
import { ValidationFailed } from '../../platform/errors';
import { ID_PATTERN } from '../../platform/ids';
import type { Enrolled } from '../application/enrollment.service';
import type { Enrollment } from '../domain/enrollment';

/** @throws ValidationFailed unless exactly one of `leadId` and `lead` is there */
export function parseNewcomer({ leadId, lead, ...rest }: Record<string, unknown>): { leadId: string } | { lead: unknown } {
  const unknown = Object.keys(rest).filter((field) => !IGNORED_FIELDS.has(field));
  if (unknown.length > 0) throw new ValidationFailed(unknown.map((field) => ({ field, message: 'is not a known field' })));
  const [hasId, hasLead] = [leadId !== undefined && leadId !== null, lead !== undefined && lead !== null];
  if (hasId === hasLead) throw new ValidationFailed([{ field: 'leadId', message: 'exactly one of leadId and lead is required' }]);
  if (!hasId) return { lead };
  if (typeof leadId !== 'string' || !ID_PATTERN.test(leadId)) {
    throw new ValidationFailed([{ field: 'leadId', message: 'must be an id of 24 hex digits' }]);
  }
  return { leadId: leadId.toLowerCase() };
}

const NOT_ENROLLED: Record<NonNullable<Enrolled['skipped']>, string> = {
  suppressed: 'Lead not enrolled: the person must not be written to',
  no_address: 'Lead not enrolled: the lead has no address that the campaign can reach',
  answered_before: 'Lead not enrolled: the person answered this campaign before',
};

export function toEnrolledResponse(campaignId: string, { leadId, messageCount, already, skipped }: Enrolled) {
  const answer = { success: true, leadId, campaignId, messageCount };
  if (skipped) return { ...answer, skipped, message: NOT_ENROLLED[skipped] };
  if (!already) return { ...answer, message: 'Lead added to campaign and sequence started' };
  const message = 'Lead already in campaign (re-entry not allowed).';
  return { ...answer, alreadyInCampaign: true, message, existingLeadIds: [leadId] };
}

export const toEnrollmentResponse = ({ id, lastSent, heldBy, ...enrollment }: Enrollment) => ({
  _id: id,
  ...enrollment,
  lastSentStepId: lastSent?.stepId ?? null,
  lastSentAt: lastSent?.at ?? null,
  lineId: lastSent?.lineId ?? null,
  heldByMessageId: heldBy,
});

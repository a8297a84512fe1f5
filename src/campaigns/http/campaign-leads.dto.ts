import type { GivenLead } from '../../leads/domain';
import { crmIdsOf } from '../../platform/crm-ids';
import { ValidationFailed } from '../../platform/errors';
import {
  ChangesQuery,
  CrmIdsDto,
  IsId,
  Optional,
  OptionalNullable,
  QueryChoices,
  Text,
  validateDto,
  Word,
} from '../../platform/http';
import { ID_PATTERN } from '../../platform/ids';
import type { Enrolled, Newcomer } from '../application/enrollment.service';
import type { EnrollmentView, WantedEnrollments } from '../application/enrollment-lists.service';
import { ENROLLMENT_STATUSES, type EnrollmentStatus } from '../domain/enrollment-transitions';

/** What may stand beside a whole lead: its ids in CRMs, and what `POST /leads` knows. */
class NewLeadDto extends CrmIdsDto {
  @OptionalNullable() @Text(100) source?: string | null;
  @OptionalNullable() @Word(10) defaultCountryCode?: string | null;
}

/** The body of POST /campaigns/:id/leads: exactly one of `leadId` and `lead`. */
export interface EnrollBody extends Record<string, unknown> {
  /**
   * A lead that is there.
   * @pattern ^[0-9a-fA-F]{24}$
   */
  leadId?: string | null;
  /** A new lead; one that the campaign's list has is enrolled itself. */
  lead?: GivenLead | null;
  /** Beside `lead`: where it comes from. @maxLength 100 */
  source?: string | null;
  /** Beside `lead`: the country of numbers without a country code. @maxLength 10 */
  defaultCountryCode?: string | null;
  /** Of the lead, where it does not say it itself. @maxLength 200 */
  ghlContactId?: string | number | null;
  /** @maxLength 200 */
  ghlLocationId?: string | number | null;
  /** @maxLength 200 */
  hsContactId?: string | number | null;
  /** @maxLength 200 */
  hsPortalId?: string | number | null;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** @throws ValidationFailed unless exactly one of `leadId` and `lead` is there */
export async function parseNewcomer({ leadId, lead, ...rest }: Record<string, unknown>): Promise<Newcomer> {
  const [hasId, hasLead] = [isGiven(leadId), isGiven(lead)];
  const { source, defaultCountryCode, ...ids }: NewLeadDto = await validateDto(hasLead ? NewLeadDto : CrmIdsDto, rest);
  const crmIds = crmIdsOf(ids);
  if (hasId === hasLead) throw new ValidationFailed([{ field: 'leadId', message: 'exactly one of leadId and lead is required' }]);
  if (!hasId) return { lead, crmIds, source: source || undefined, defaultCountryCode: defaultCountryCode ?? undefined };
  if (typeof leadId !== 'string' || !ID_PATTERN.test(leadId)) {
    throw new ValidationFailed([{ field: 'leadId', message: 'must be an id of 24 hex digits' }]);
  }
  return { leadId: leadId.toLowerCase(), crmIds };
}

const NOT_ENROLLED: Record<NonNullable<Enrolled['skipped']>, string> = {
  suppressed: 'Lead not enrolled: the person must not be written to',
  no_address: 'Lead not enrolled: the lead has no address that the campaign can reach',
  answered_before: 'Lead not enrolled: the person answered this campaign before',
};

export function toEnrolledResponse(campaignId: string, { leadId, externalId, messageCount, already, skipped, crmIds }: Enrolled) {
  const answer = { success: true, leadId, externalId, campaignId, messageCount };
  if (skipped) return { ...answer, skipped, message: NOT_ENROLLED[skipped] };
  if (!already) return { ...answer, message: 'Lead added to campaign and sequence started' };
  const message = 'Lead already in campaign (re-entry not allowed).';
  return { ...answer, alreadyInCampaign: true, message, existingLeadIds: [leadId], ...crmIds };
}

export class ListEnrollmentsQuery extends ChangesQuery {
  /** Any of them: `active,stopped`, or the name again and again. */
  @Optional() @QueryChoices(ENROLLMENT_STATUSES) status?: EnrollmentStatus[];
  @Optional() @IsId() leadId?: string;
  /** Of the lead, in the system that it comes from. */
  @Optional() @Word(200) externalId?: string;
  /** Where the last step was sent from. */
  @Optional() @IsId() lineId?: string;
}

/** What a query asks for of a campaign. */
export const wantedOf = (campaignId: string, { status, updatedSince, ...query }: ListEnrollmentsQuery): WantedEnrollments => ({
  campaignId,
  statuses: status,
  leadId: query.leadId,
  externalId: query.externalId,
  lineId: query.lineId,
  ...(updatedSince !== undefined && { updatedSince: new Date(updatedSince) }),
});

export const toEnrollmentResponse = ({
  enrollment: { id, lastSent, heldBy, edition: _, ...enrollment },
  externalId,
  name,
}: EnrollmentView) => ({
  _id: id,
  ...enrollment,
  externalId,
  name,
  lastSentStepId: lastSent?.stepId ?? null,
  lastSentAt: lastSent?.at ?? null,
  lineId: lastSent?.lineId ?? null,
  heldByMessageId: heldBy,
});

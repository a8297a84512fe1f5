import { MAX_CRM_ID_LENGTH } from '../../platform/crm-ids';
import type { ProfileField } from './lead';

/** How long the profile fields may be, in characters. */
export const MAX_LENGTHS: Record<ProfileField, number> = {
  firstName: 200,
  lastName: 200,
  companyName: 300,
  jobTitle: 300,
  linkedinUrl: 500,
  notes: 10_000,
  source: 100,
  externalId: 200,
  ghlContactId: MAX_CRM_ID_LENGTH,
  ghlLocationId: MAX_CRM_ID_LENGTH,
  hsContactId: MAX_CRM_ID_LENGTH,
  hsPortalId: MAX_CRM_ID_LENGTH,
};
export const MAX_CONTACT_LENGTH = 500;

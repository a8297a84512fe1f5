export { customFieldsProblem, MAX_KEY_LENGTH, MAX_KEYS, MAX_TOTAL_BYTES, MAX_VALUE_BYTES } from './custom-fields';
export { MAX_CONTACT_LENGTH, MAX_LENGTHS } from './field-lengths';
export {
  CONTACT_FIELDS,
  EMAIL_FIELDS,
  PHONE_FIELDS,
  PROFILE_FIELDS,
  addressesOf,
  stranger,
  type AvailabilityStatus,
  type ContactField,
  type CustomValue,
  type Lead,
  type LeadContacts,
} from './lead';
export type { GivenLead } from './given-lead';
export { CUSTOM_COLUMN, CUSTOM_TYPES_COLUMN, IGNORED_EXPORT_COLUMNS, LEAD_COLUMNS, type LeadColumn } from './export-columns';
export { LeadDetails } from './lead-details';
export { LeadFields } from './lead-fields';
export { LeadMarks } from './lead-marks';
export type { OnDuplicate } from './deduplicator';
export type { ParsedLead } from './lead-input';
export type { OnNull } from './lead-update';
export { LeadLists, ListUse } from './lead-list';
export { ContactsLeaving, Leads, LeadsDeleted, LeadsSaved, LeadsUpdated } from './leads.repository';
export { type Person, PersonalData, type PersonalDataOf } from './personal-data';

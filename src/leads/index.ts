export { LeadsModule } from './leads.module';
export { LeadsService } from './application/leads.service';
export {
  DEFAULT_COUNTRY_CODE,
  requireCallingCode,
  SaveLeadsService,
  type SaveLeadsResult,
} from './application/save-leads.service';
export { LeadLists, ListUse } from './domain/lead-list';
export { Leads, LeadsDeleted, LeadsSaved } from './domain/leads.repository';
export { addressesOf, type AvailabilityStatus, type ContactField, type CustomValue, type Lead } from './domain/lead';
export {
  CUSTOM_COLUMN,
  CUSTOM_TYPES_COLUMN,
  IGNORED_EXPORT_COLUMNS,
  LEAD_COLUMNS,
  type LeadColumn,
} from './domain/export-columns';
export { parseLead, type ParsedLead } from './domain/lead-input';

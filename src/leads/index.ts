export { LeadsModule } from './leads.module';
export { LeadsService } from './application/leads.service';
export { SaveLeadsService } from './application/save-leads.service';
export { LeadLists, ListUse } from './domain/lead-list';
export { Leads, LeadsDeleted, LeadsSaved } from './domain/leads.repository';
export { addressesOf, type AvailabilityStatus, type ContactField, type Lead } from './domain/lead';
export { parseLead } from './domain/lead-input';

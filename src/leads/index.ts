export * from './domain';
// These read phone numbers, with all that this takes; other domains need no more than the rules above.
export { requireCallingCode } from './domain/calling-code';
export { parseLead } from './domain/lead-input';
export { leadDocument } from './application/lead-document';
export { LeadsModule } from './leads.module';
export { ExternalIdsService } from './application/external-ids.service';
export { LeadAdditionsService } from './application/lead-additions.service';
export { LeadsService } from './application/leads.service';
export { type PlannedLeads, PlannedLeadsService } from './application/planned-leads.service';
export { SaveLeadsService } from './application/save-leads.service';
export { problemOfReading, type SaveLeadsResult } from './application/save-result';

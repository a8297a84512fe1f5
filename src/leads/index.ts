export * from './domain';
export { LeadsModule } from './leads.module';
export { LeadsService } from './application/leads.service';
export { SaveLeadsService, type SaveLeadsResult } from './application/save-leads.service';

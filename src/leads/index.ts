export * from './domain';
export { LeadsModule } from './leads.module';
export { LeadsService } from './application/leads.service';
export {
  DEFAULT_COUNTRY_CODE,
  requireCallingCode,
  SaveLeadsService,
  type SaveLeadsResult,
} from './application/save-leads.service';

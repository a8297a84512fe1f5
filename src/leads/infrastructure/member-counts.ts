import type { CountChange } from '../../platform/counters';
import type { Lead } from '../domain/lead';
import { LEADS_KEY, listSubject } from '../domain/leads.repository';

/** The counter subject of all leads of the workspace. */
export const ALL_LEADS = 'leads';

/** What leads that come, or go, add to the counts of their lists and of the workspace. */
export const memberChanges = (leads: readonly Lead[], n: 1 | -1): CountChange[] =>
  leads.flatMap((lead) => [ALL_LEADS, ...lead.listIds.map(listSubject)].map((subject) => ({ subject, key: LEADS_KEY, n })));

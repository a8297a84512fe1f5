import { Injectable } from '@nestjs/common';
import { DEFAULT_COUNTRY_CODE } from '#libs/contact-methods';
import { AuditedAct } from '../../platform/audit';
import { settledPage } from '../../platform/changes';
import { Clock } from '../../platform/clock';
import { type ErrorDetail, NotFound, ValidationFailed } from '../../platform/errors';
import { DomainEvents } from '../../platform/events';
import type { WorkspaceId } from '../../platform/ids';
import { Transactions } from '../../platform/mongo';
import type { PageRequest } from '../../platform/paging';
import { requireCallingCode } from '../domain/calling-code';
import type { Lead } from '../domain/lead';
import { changeLead } from '../domain/lead-change';
import { LeadFields } from '../domain/lead-fields';
import { LeadLists } from '../domain/lead-list';
import { LeadMarks } from '../domain/lead-marks';
import { DuplicateLead, IdentityTaken } from '../domain/leads.errors';
import {
  type ChangesPage,
  ContactsLeaving,
  type CustomFieldFilter,
  type LeadFilter,
  Leads,
  LeadsDeleted,
  LeadsUpdated,
  type ResolvedFilter,
} from '../domain/leads.repository';
import { ListCache } from './list-cache';

const EXPORT_BATCH_SIZE = 500;
/** Custom fields beyond this many have no column: spreadsheets take few more columns. */
const MAX_CUSTOM_COLUMNS = 900;
/** A filter by a mark names its leads to the store, which takes this many in one command. */
const MAX_MARKED = 300_000;

export interface LeadChange {
  fields: Record<string, unknown>;
  listId?: string;
  defaultCountryCode?: string;
}

/** Reads, changes and deletes leads that are there. */
@Injectable()
export class LeadsService {
  constructor(
    private readonly leads: Leads,
    private readonly leadLists: LeadLists,
    private readonly listCache: ListCache,
    private readonly leadFields: LeadFields,
    private readonly leadMarks: LeadMarks,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound */
  async get(workspaceId: WorkspaceId, id: string): Promise<Lead> {
    const lead = await this.leads.find(workspaceId, id);
    if (!lead) throw new NotFound('Lead');
    return lead;
  }

  /** Those of the ids that are leads of the workspace, by their id. */
  async getMany(workspaceId: WorkspaceId, ids: readonly string[]): Promise<Map<string, Lead>> {
    const leads = await this.leads.findMany(workspaceId, [...new Set(ids)]);
    return new Map(leads.map((lead) => [lead.id, lead]));
  }

  /** @throws NotFound for an unknown list in the filter */
  async list(workspaceId: WorkspaceId, filter: LeadFilter, pageRequest: PageRequest): Promise<ChangesPage> {
    const resolved = await this.resolve(workspaceId, filter);
    return settledPage(this.clock, () => this.leads.list(workspaceId, resolved, pageRequest));
  }

  /** How many leads the filter has. @throws NotFound for an unknown list */
  async count(workspaceId: WorkspaceId, filter: LeadFilter): Promise<{ count: number; isLowerBound: boolean }> {
    const page = await this.list(workspaceId, filter, { page: 1, limit: 1 });
    return { count: page.totalCount ?? 0, isLowerBound: page.totalCountIsLowerBound ?? false };
  }

  /**
   * All leads of the filter in pages, newest first, and the keys that their custom fields may have.
   * @throws NotFound for an unknown list
   */
  async export(
    workspaceId: WorkspaceId,
    filter: LeadFilter,
  ): Promise<{ customKeys: string[]; pages: AsyncIterable<readonly Lead[]> }> {
    const resolved = await this.resolve(workspaceId, filter);
    const { leads } = this;
    const start = { cursor: null, limit: EXPORT_BATCH_SIZE };
    const first = await settledPage(this.clock, () => leads.list(workspaceId, resolved, start));
    async function* pages() {
      for (
        let page = first;
        ;
        page = await leads.list(workspaceId, resolved, { cursor: page.nextCursor, limit: EXPORT_BATCH_SIZE })
      ) {
        yield page.items;
        if (!page.nextCursor) return;
      }
    }
    return { customKeys: await this.leadFields.customKeys(workspaceId, MAX_CUSTOM_COLUMNS), pages: pages() };
  }

  /** @throws NotFound, ValidationFailed where too many leads are marked to be told apart in one query */
  private async resolve(workspaceId: WorkspaceId, { mark, customFields, ...others }: LeadFilter): Promise<ResolvedFilter> {
    if (others.listId) await this.listCache.require(workspaceId, others.listId);
    const filter = customFields ? { ...others, customField: await this.knownOf(workspaceId, customFields) } : others;
    if (!mark) return filter;
    const ids = await this.leadMarks.idsOf(workspaceId, mark.name, MAX_MARKED + 1);
    if (ids.length > MAX_MARKED) {
      const message = `cannot be asked for where it is true of more than ${MAX_MARKED} leads`;
      throw new ValidationFailed([{ field: mark.name, message }]);
    }
    return { ...filter, ...(mark.isSet ? { only: ids } : { without: ids }) };
  }

  private async knownOf(workspaceId: WorkspaceId, readings: readonly CustomFieldFilter[]): Promise<CustomFieldFilter> {
    const isKnown = await Promise.all(readings.slice(0, -1).map(({ key }) => this.leadFields.hasCustomKey(workspaceId, key)));
    // Where none is known, the last one.
    return readings.at(isKnown.indexOf(true))!;
  }

  /**
   * @throws NotFound, ValidationFailed, DuplicateLead when a list of the lead has the new identity already
   */
  async change(workspaceId: WorkspaceId, id: string, change: LeadChange): Promise<{ lead: Lead; warnings: ErrorDetail[] }> {
    const countryCode = change.defaultCountryCode ?? DEFAULT_COUNTRY_CODE;
    requireCallingCode(countryCode);
    try {
      return await this.transactions.run(async (transaction) => {
        const before = await this.leads.find(workspaceId, id, transaction);
        if (!before) throw new NotFound('Lead');
        const now = this.clock.now();
        const changed = changeLead(before, change.fields, countryCode, now);
        if ('problems' in changed) throw new ValidationFailed(changed.problems);
        const leaving = ContactsLeaving.between(workspaceId, [before], [changed.lead]);
        if (leaving) await this.domainEvents.publish(leaving, transaction);
        if (changed.lead !== before) await this.leads.saveMany(workspaceId, [changed.lead], transaction);
        const tell = (lead: Lead) => this.domainEvents.publish(new LeadsUpdated(workspaceId, [lead]), transaction);
        const { listId } = change;
        if (listId === undefined || listId === before.listId) {
          if (changed.lead !== before) await tell(changed.lead);
          return changed;
        }
        if (!(await this.leadLists.find(workspaceId, listId, transaction))) throw new NotFound('List');
        await this.leads.leave(workspaceId, { ids: [id], listId: before.listId, now }, transaction);
        await this.leads.join(workspaceId, { ids: [id], listId, now }, transaction);
        const moved = { ...(await this.leads.find(workspaceId, id, transaction))!, listId };
        await this.leads.saveMany(workspaceId, [moved], transaction);
        await tell(moved);
        return { lead: moved, warnings: changed.warnings };
      });
    } catch (error) {
      throw error instanceof IdentityTaken ? new DuplicateLead(error.field) : error;
    }
  }

  /** Deletes the leads that the workspace has, with all that waits for them. @returns how many these were */
  async delete(workspaceId: WorkspaceId, ids: readonly string[]): Promise<number> {
    return this.transactions.run(async (transaction) => {
      const leads = await this.leads.findMany(workspaceId, [...new Set(ids)], transaction);
      if (leads.length === 0) return 0;
      const leadIds = leads.map((lead) => lead.id);
      await this.domainEvents.publish(ContactsLeaving.of(workspaceId, leads), transaction);
      await this.leads.deleteMany(workspaceId, leadIds, transaction);
      await this.domainEvents.publish(new LeadsDeleted(workspaceId, leadIds), transaction);
      const [only = null] = leadIds.length === 1 ? leadIds : [];
      const change = { before: { count: leadIds.length }, after: null };
      const act = new AuditedAct(workspaceId, 'leads.deleted', { kind: 'lead', id: only }, change);
      await this.domainEvents.publish(act, transaction);
      return leadIds.length;
    });
  }
}

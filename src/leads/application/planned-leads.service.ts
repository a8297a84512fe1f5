import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { inSlices } from '../../platform/event-loop';
import { Ids, type WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/mongo';
import { Deduplicator } from '../domain/deduplicator';
import type { Lead } from '../domain/lead';
import type { ParsedLead } from '../domain/lead-input';
import { Leads } from '../domain/leads.repository';
import { ListCache } from './list-cache';
import { NewLeads } from './new-leads';
import { readOf, type SaveLeadsResult, summarize } from './save-result';

/** Rows of an import whose duplicates are skipped. */
export interface NewRows {
  parsed: readonly ParsedLead[];
  listId: string;
  source: string;
  importId: string;
}

/** What rows come to, as far as could be seen before their transaction. */
export interface PlannedLeads {
  listId: string;
  saved: Lead[];
  result: SaveLeadsResult;
}

/**
 * Saves rows of which no lead is updated in two parts: what they come to is worked out ahead, while the store
 * is busy with the rows before them, and their transaction only writes. Whatever changed in between, the
 * store's unique indexes refuse a second lead with the same address or id; then the caller saves the rows by
 * SaveLeadsService, which looks inside the transaction.
 */
@Injectable()
export class PlannedLeadsService {
  constructor(
    private readonly leads: Leads,
    private readonly listCache: ListCache,
    private readonly newLeads: NewLeads,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /**
   * Works out what rows come to; writes nothing.
   * @param before what the rows before these come to, where these may not be saved yet
   */
  async plan(workspaceId: WorkspaceId, rows: NewRows, before: PlannedLeads | null): Promise<PlannedLeads> {
    const { parsed, listId, source, importId } = rows;
    const read = parsed.map((row) => readOf(row, 'skip'));
    const drafts = read.flatMap((row) => row?.draft ?? []);
    const found = await this.leads.findDuplicates(workspaceId, listId, drafts);
    const known = new Map([...found, ...(before?.saved ?? [])].map((lead) => [lead.id, lead]));
    const saving = { workspaceId, listId, source, importId, now: this.clock.now(), onDuplicate: 'skip' } as const;
    const deduplicator = new Deduplicator([...known.values()], () => this.ids.next(), saving);
    const outcomes = await inSlices(read, (row) => row && deduplicator.resolve(row));
    const saved = outcomes.flatMap((outcome) => (outcome?.kind === 'saved' ? [outcome.lead] : []));
    return { listId, saved, result: summarize(listId, parsed, outcomes) };
  }

  /**
   * Saves what was planned. Callers register before (SaveLeadsService.registerInFlightWrite).
   * @throws NotFound where the list is gone by now; IdentityTaken where the plan does not hold any more
   */
  async saveWithin(workspaceId: WorkspaceId, planned: PlannedLeads, transaction: Transaction): Promise<SaveLeadsResult> {
    const { saved, result } = planned;
    const listId = await this.listCache.idOf(workspaceId, planned.listId, transaction);
    // Readers of changes go by these times, and may have read past the time of the plan.
    const now = this.clock.now();
    const leads = saved.map((lead): Lead => ({ ...lead, createdAt: now, updatedAt: now }));
    await this.newLeads.insert(workspaceId, listId, leads, transaction);
    return result;
  }
}

import { Injectable } from '@nestjs/common';
import { DEFAULT_COUNTRY_CODE } from '#libs/contact-methods';
import { Clock } from '../../platform/clock';
import { type ErrorDetail, ValidationFailed } from '../../platform/errors';
import { inSlices } from '../../platform/event-loop';
import { DomainEvents } from '../../platform/events';
import type { WorkspaceId } from '../../platform/ids';
import { retryOnConflict, type Transaction, Transactions } from '../../platform/mongo';
import { requireCallingCode } from '../domain/calling-code';
import { IdentityIndex } from '../domain/identity-index';
import { type Lead } from '../domain/lead';
import { changeLead } from '../domain/lead-change';
import { leadNamed, type LeadRowChange, parseRowChange } from '../domain/lead-row-change';
import { DuplicateLead, IdentityTaken } from '../domain/leads.errors';
import { ContactsLeaving, Leads, LeadsUpdated } from '../domain/leads.repository';
import { LEAD_TEXTS } from '../domain/leads.texts';
import { ROW_CODES } from '../domain/row-codes';
import { ListCache } from './list-cache';
import { invalidRows } from './save-result';

const MAX_CHANGES = 1_000;

export interface ChangeLeadsCall {
  rows: readonly unknown[];
  /** Where external ids are looked for; absent: in the whole workspace. */
  listId?: string;
  defaultCountryCode?: string;
  /** `reject`: one bad row fails the call; `skip`: good rows are saved, bad ones reported. */
  onInvalid?: 'reject' | 'skip';
}

export interface ChangeLeadsResult {
  updatedCount: number;
  invalid: ErrorDetail[];
  invalidCount: number;
  warnings: ErrorDetail[];
  totalProcessed: number;
  /** In row order: of the lead that was changed, `null` for an invalid row. */
  leadIds: (string | null)[];
}

type Row = ReturnType<typeof parseRowChange>;
type Changed = { before: Lead; lead: Lead; warnings: ErrorDetail[] } | { problem: ErrorDetail };

/** Rows that only the data of the moment makes bad: they never reject a call. */
const OF_THE_MOMENT: readonly (string | undefined)[] = [
  ROW_CODES.notFound,
  ROW_CODES.matchesTwoLeads,
  ROW_CODES.duplicate,
  ROW_CODES.repeated,
];

/** Changes many leads by one call, each as `PATCH /leads/:id` does: all of a call is saved, or nothing. */
@Injectable()
export class ChangeLeadsService {
  constructor(
    private readonly leads: Leads,
    private readonly listCache: ListCache,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws ValidationFailed with the bad rows, when one is bad and `onInvalid` is `reject`; NotFound for an
   * unknown list; DuplicateLead when another call goes on giving the same identities to other leads
   */
  async change(workspaceId: WorkspaceId, call: ChangeLeadsCall): Promise<ChangeLeadsResult> {
    const { rows, listId, defaultCountryCode = DEFAULT_COUNTRY_CODE } = call;
    if (rows.length === 0 || rows.length > MAX_CHANGES) {
      throw new ValidationFailed([{ field: 'leads', message: `must have between 1 and ${MAX_CHANGES} changes of leads` }]);
    }
    requireCallingCode(defaultCountryCode);
    if (listId !== undefined) await this.listCache.require(workspaceId, listId);
    const parsed = await inSlices(rows, parseRowChange);
    rejectUnlessSkipped(parsed, call);
    const settled = await this.leads.registerInFlightWrite(workspaceId);
    try {
      return await retryOnConflict(this.transactions, (transaction) => this.write(workspaceId, parsed, call, transaction));
    } catch (error) {
      throw error instanceof IdentityTaken ? new DuplicateLead(error.field) : error;
    } finally {
      await settled().catch(() => undefined);
    }
  }

  private async write(
    workspaceId: WorkspaceId,
    rows: readonly Row[],
    call: ChangeLeadsCall,
    transaction: Transaction,
  ): Promise<ChangeLeadsResult> {
    const found = await this.named(workspaceId, rows, call.listId, transaction);
    const changed = await inSlices(changesOf(rows, found), (change) => change(call, this.clock.now()));
    const outcomes = await this.withoutClashes(workspaceId, changed, transaction);
    rejectUnlessSkipped(outcomes, call);
    const written = outcomes.flatMap((one) => ('lead' in one && one.lead !== one.before ? [one] : []));
    const leads = written.map(({ lead }) => lead);
    const before = written.map((one) => one.before);
    const leaving = ContactsLeaving.between(workspaceId, before, leads);
    if (leaving) await this.domainEvents.publish(leaving, transaction);
    await this.leads.saveMany(workspaceId, leads, transaction);
    if (leads.length > 0) await this.domainEvents.publish(new LeadsUpdated(workspaceId, leads), transaction);
    return summarize(outcomes);
  }

  /** The leads that the rows may name. */
  private async named(
    workspaceId: WorkspaceId,
    rows: readonly Row[],
    listId: string | undefined,
    transaction: Transaction,
  ): Promise<Lead[]> {
    const named = rows.filter((row): row is LeadRowChange => 'fields' in row);
    const ids = new Set(named.flatMap(({ id }) => id ?? []));
    const externalIds = new Set(named.flatMap(({ externalId }) => externalId ?? []));
    const byId = ids.size > 0 ? await this.leads.findMany(workspaceId, [...ids], transaction) : [];
    const byExternalId =
      externalIds.size > 0 ? await this.leads.findByExternalIds(workspaceId, [...externalIds], listId, transaction) : [];
    return [...new Map([...byId, ...byExternalId].map((lead) => [lead.id, lead])).values()];
  }

  /** Refuses the rows that would give a lead the identity of another one in a list of it. */
  private async withoutClashes(
    workspaceId: WorkspaceId,
    changed: readonly Changed[],
    transaction: Transaction,
  ): Promise<Changed[]> {
    const index = new IdentityIndex();
    const next = changed.flatMap((one) => ('lead' in one && one.lead !== one.before ? [one.lead] : []));
    for (const listId of new Set(next.flatMap(({ listIds }) => listIds))) {
      const ofList = next.filter(({ listIds }) => listIds.includes(listId));
      for (const holder of await this.leads.findDuplicates(workspaceId, listId, ofList, transaction)) index.add(holder);
    }
    return changed.map((one) => {
      if (!('lead' in one) || one.lead === one.before) return one;
      const clash = index.clashOf(one.before, one.lead);
      if (clash) return { problem: { field: clash, code: ROW_CODES.duplicate, message: LEAD_TEXTS.duplicate } };
      index.remove(one.before);
      index.add(one.lead);
      return one;
    });
  }
}

/** Each row with its lead: what it becomes, once it is known how to read phones. */
function changesOf(rows: readonly Row[], found: readonly Lead[]): ((call: ChangeLeadsCall, now: Date) => Changed)[] {
  const seen = new Set<string>();
  const byName = new Map<string, Lead[]>();
  const remember = (name: string, lead: Lead) => byName.set(name, [...(byName.get(name) ?? []), lead]);
  for (const lead of found) {
    remember(`_id ${lead.id}`, lead);
    if (lead.externalId !== null) remember(`externalId ${lead.externalId}`, lead);
  }
  return rows.map((row) => {
    if ('problem' in row) return () => row;
    const name = row.id === null ? `externalId ${row.externalId}` : `_id ${row.id}`;
    const before = leadNamed(row, byName.get(name) ?? []);
    if ('problem' in before) return () => before;
    const isRepeated = seen.has(before.id);
    seen.add(before.id);
    return ({ defaultCountryCode = DEFAULT_COUNTRY_CODE }, now) => {
      const field = row.id === null ? 'externalId' : '_id';
      if (isRepeated) return { problem: { field, code: ROW_CODES.repeated, message: LEAD_TEXTS.repeated } };
      const changed = changeLead(before, row.fields, defaultCountryCode, now);
      return 'problems' in changed ? { problem: changed.problems[0]! } : { before, ...changed };
    };
  });
}

function rejectUnlessSkipped(rows: readonly (Row | Changed)[], { onInvalid }: ChangeLeadsCall): void {
  const problems = problemsOf(rows).filter(({ code }) => !OF_THE_MOMENT.includes(code));
  if (problems.length > 0 && onInvalid !== 'skip') throw invalidRows(problems);
}

const problemsOf = (rows: readonly (Row | Changed)[]): ErrorDetail[] =>
  rows.flatMap((row, index) => ('problem' in row ? [{ index, ...row.problem }] : []));

function summarize(outcomes: readonly Changed[]): ChangeLeadsResult {
  const invalid = problemsOf(outcomes);
  return {
    updatedCount: outcomes.length - invalid.length,
    invalid,
    invalidCount: invalid.length,
    warnings: outcomes.flatMap((one, index) => ('warnings' in one ? one.warnings.map((warning) => ({ index, ...warning })) : [])),
    totalProcessed: outcomes.length,
    leadIds: outcomes.map((one) => ('lead' in one ? one.lead.id : null)),
  };
}

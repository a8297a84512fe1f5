import { Injectable } from '@nestjs/common';
import { DEFAULT_COUNTRY_CODE } from '#libs/contact-methods';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { ValidationFailed } from '../../platform/errors';
import { inSlices } from '../../platform/event-loop';
import { DomainEvents } from '../../platform/events';
import { Ids, type WorkspaceId } from '../../platform/ids';
import { idempotencyContext, retryOnConflict, type Transaction, Transactions } from '../../platform/mongo';
import { requireCallingCode } from '../domain/calling-code';
import { Deduplicator, type OnDuplicate } from '../domain/deduplicator';
import type { IdentityField, Lead, LeadDraft } from '../domain/lead';
import { type ParsedLead, parseLead } from '../domain/lead-input';
import type { OnNull } from '../domain/lead-update';
import { IdentityTaken, MatchesTwoLeads } from '../domain/leads.errors';
import { ContactsLeaving, Leads, LeadsUpdated } from '../domain/leads.repository';
import { GroupCommit } from './group-commit';
import { ListCache } from './list-cache';
import { NewLeads } from './new-leads';
import { invalidRows, problemOfReading, readOf, rejectsCall, type SaveLeadsResult, summarize } from './save-result';

/** A call with more rows takes long enough that readers of changes have to know of it. */
const MIN_REGISTERED_ROWS = 100;
/**
 * At most this many rows are saved without looking for duplicates first, and together with those of other
 * calls.
 */
const MAX_GROUPED_ROWS = 5;
const CALLS_TOGETHER = 20;

export interface SaveLeadsCall {
  rows: readonly unknown[];
  listId?: string;
  source?: string;
  /** The location in GoHighLevel of rows that name none. */
  ghlLocationId?: string;
  defaultCountryCode?: string;
  onDuplicate?: OnDuplicate;
  /** Of an update: `clear` empties the fields that a row gives as `null`. */
  onNull?: OnNull;
  /** `reject`: one bad row fails the call; `skip`: good rows are saved, bad ones reported. */
  onInvalid?: 'reject' | 'skip';
}

/** Rows that were checked, and how to save them. */
export interface ParsedLeads extends Omit<SaveLeadsCall, 'rows' | 'defaultCountryCode' | 'ghlLocationId'> {
  parsed: readonly ParsedLead[];
  /** The import that the rows belong to. */
  importId?: string;
}

/** A call's rows, so few that they may share a transaction with those of calls for the same list. */
interface FewRows extends Pick<ParsedLeads, 'listId' | 'source' | 'parsed'> {
  workspaceId: WorkspaceId;
}

/** The rows of calls that one transaction saves. */
interface Batch extends Omit<ParsedLeads, 'parsed'> {
  calls: readonly (readonly ParsedLead[])[];
  /**
   * Whether to look for duplicates among the leads that are there. Without it the store's unique indexes
   * find them, and refuse the transaction.
   */
  checkExisting: boolean;
}

/** Takes leads in, one or thousands, as one: all of a call is saved, or nothing. */
@Injectable()
export class SaveLeadsService {
  private readonly groups = new GroupCommit<FewRows, SaveLeadsResult>(CALLS_TOGETHER, (calls) => this.commitGroup(calls));

  constructor(
    private readonly leads: Leads,
    private readonly newLeads: NewLeads,
    private readonly listCache: ListCache,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * @throws ValidationFailed with the bad rows, when one is bad and `onInvalid` is `reject`; NotFound for an
   * unknown list; OutcomeUnknown when the store did not say whether it saved
   */
  async save(workspaceId: WorkspaceId, call: SaveLeadsCall): Promise<SaveLeadsResult> {
    const { rows } = call;
    if (rows.length === 0) throw new ValidationFailed([{ field: 'leads', message: 'must have at least one lead' }]);
    if (rows.length > this.config.BULK_MAX_LEADS) {
      const message = `must have at most ${this.config.BULK_MAX_LEADS} leads in a call; use the CSV import for more`;
      throw new ValidationFailed([{ field: 'leads', message }]);
    }
    const countryCode = call.defaultCountryCode ?? DEFAULT_COUNTRY_CODE;
    requireCallingCode(countryCode);
    const parsed = await inSlices(rows, (row) => located(parseLead(row, countryCode), call.ghlLocationId));
    const { listId, source, onDuplicate = 'skip', onNull, onInvalid } = call;
    const problems = parsed.flatMap((row, index) => {
      const problem = problemOfReading(row, onDuplicate);
      return problem ? [{ index, ...problem }] : [];
    });
    if (problems.length > 0 && onInvalid !== 'skip') throw invalidRows(problems);
    const rowsToSave: ParsedLeads = { parsed, listId, source, onDuplicate, onNull, onInvalid };
    // A few rows are most often new: they are tried without looking first, and the store's unique indexes say
    // whether that was right.
    const mayBeNew = parsed.length <= MAX_GROUPED_ROWS && onDuplicate !== 'update';
    // An idempotent call keeps what its own transaction came to.
    if (mayBeNew && idempotencyContext.getStore() === undefined) return this.saveInGroup(workspaceId, rowsToSave);
    const end = parsed.length > MIN_REGISTERED_ROWS ? await this.registerInFlightWrite(workspaceId) : undefined;
    try {
      return await this.saveAlone(workspaceId, rowsToSave, { checkExisting: mayBeNew ? 'after-conflict' : 'always' });
    } finally {
      await end?.().catch(() => undefined);
    }
  }

  /**
   * Saves rows inside a transaction of the caller's, as `save` does in one of its own.
   * @throws ValidationFailed and NotFound as `save`; IdentityTaken and QuickSendsMade when another call saves
   * the same at the same moment: the caller retries
   */
  async saveWithin(workspaceId: WorkspaceId, rows: ParsedLeads, transaction: Transaction): Promise<SaveLeadsResult> {
    const { parsed, ...how } = rows;
    return (await this.writeBatch(workspaceId, { ...how, calls: [parsed], checkExisting: true }, transaction))[0]!;
  }

  /**
   * Callers that save many rows by `saveWithin` register before the transaction, and call what this returns
   * after it. See Leads.registerInFlightWrite.
   */
  registerInFlightWrite(workspaceId: WorkspaceId): Promise<() => Promise<void>> {
    return this.leads.registerInFlightWrite(workspaceId);
  }

  /** Checks and normalises one row, for `saveWithin`. @throws ValidationFailed for a bad country code */
  parseOne(row: unknown, countryCode = DEFAULT_COUNTRY_CODE): ParsedLead {
    requireCallingCode(countryCode);
    return parseLead(row, countryCode);
  }

  /** Saves the rows with those of other calls, in one transaction; alone when that failed. */
  private async saveInGroup(workspaceId: WorkspaceId, rows: ParsedLeads): Promise<SaveLeadsResult> {
    const { listId, source, parsed } = rows;
    const kind = JSON.stringify([workspaceId, listId, source]);
    const result = await this.groups.do(kind, { workspaceId, listId, source, parsed });
    return result ?? this.saveAlone(workspaceId, rows, { checkExisting: 'always' });
  }

  /** Opens the one transaction of a group. */
  private commitGroup(group: readonly FewRows[]): Promise<SaveLeadsResult[]> {
    const { workspaceId, listId, source } = group[0]!;
    const calls = group.map(({ parsed }) => parsed);
    // Bad rows have failed their calls before, where these wanted it, and rows that are taken for new match
    // no second lead.
    const batch: Batch = { calls, listId, source, onInvalid: 'skip', checkExisting: false };
    return this.transactions.once((transaction) => this.writeBatch(workspaceId, batch, transaction));
  }

  /** Opens a transaction of the call's own, and another each time that it loses a race. */
  private async saveAlone(
    workspaceId: WorkspaceId,
    { parsed, ...how }: ParsedLeads,
    { checkExisting }: { checkExisting: 'always' | 'after-conflict' },
  ): Promise<SaveLeadsResult> {
    const batch: Batch = { ...how, calls: [parsed], checkExisting: true };
    try {
      return await retryOnConflict(this.transactions, async (transaction, attempt) => {
        const readsFirst = checkExisting === 'always' || attempt > 1;
        return (await this.writeBatch(workspaceId, { ...batch, checkExisting: readsFirst }, transaction))[0]!;
      });
    } catch (error) {
      // The conflict may be in another list that an updated lead is a member of; then another attempt does
      // not help.
      throw error instanceof IdentityTaken ? new MatchesTwoLeads() : error;
    }
  }

  /**
   * The leads that rows may be about, and those that these may collide with: in other lists of theirs, and by
   * an alternate that takes the place of a cleared primary.
   */
  private async existing(
    workspaceId: WorkspaceId,
    { listId, drafts, onDuplicate, onNull }: Pick<Batch, 'onDuplicate' | 'onNull'> & { listId: string; drafts: LeadDraft[] },
    transaction: Transaction,
  ): Promise<Lead[]> {
    const found = await this.leads.findDuplicates(workspaceId, listId, drafts, transaction);
    if (onDuplicate === 'skip') return found;
    const known = new Map(found.map((lead) => [lead.id, lead]));
    const alternates = onNull === 'clear' ? found.flatMap(alternatesOf) : [];
    const lists = new Set(found.flatMap(({ listIds }) => listIds));
    for (const list of lists) {
      const identities = list === listId ? alternates : [...drafts, ...alternates];
      if (identities.length === 0) continue;
      for (const lead of await this.leads.findDuplicates(workspaceId, list, identities, transaction)) known.set(lead.id, lead);
    }
    return [...known.values()];
  }

  /** Saves the rows of several calls as if they were those of one. @returns what became of each call */
  private async writeBatch(workspaceId: WorkspaceId, batch: Batch, transaction: Transaction): Promise<SaveLeadsResult[]> {
    const { calls, source = null, importId, onDuplicate = 'skip', onNull, onInvalid, checkExisting } = batch;
    const listId = await this.listCache.idOf(workspaceId, batch.listId, transaction);
    const rows = calls.flat().map((row) => readOf(row, onDuplicate));
    const drafts = rows.flatMap((row) => row?.draft ?? []);
    const existing = checkExisting ? await this.existing(workspaceId, { listId, drafts, onDuplicate, onNull }, transaction) : [];
    const saving = { workspaceId, listId, source, now: this.clock.now(), onDuplicate, onNull, importId };
    const deduplicator = new Deduplicator(existing, () => this.ids.next(), saving);
    const outcomes = await inSlices(rows, (row) => row && deduplicator.resolve(row));
    let start = 0;
    const results = calls.map((some) => summarize(listId, some, outcomes.slice(start, (start += some.length))));
    const refused = results.map(({ invalid }) => invalid.filter(rejectsCall)).find((invalid) => invalid.length > 0);
    if (refused && onInvalid !== 'skip') throw invalidRows(refused);
    const saved = outcomes.flatMap((outcome) => (outcome?.kind === 'saved' ? [outcome.lead] : []));
    // Updates first: a new row may have the phone that an earlier row took from its lead. The other way round
    // is MATCHES_TWO_LEADS.
    const updated = outcomes.flatMap((outcome) =>
      outcome?.kind === 'updated' && outcome.lead !== outcome.before ? [outcome.lead] : [],
    );
    const leaving = ContactsLeaving.between(workspaceId, existing, updated);
    if (leaving) await this.domainEvents.publish(leaving, transaction);
    await this.leads.saveMany(workspaceId, updated, transaction);
    if (updated.length > 0) await this.domainEvents.publish(new LeadsUpdated(workspaceId, updated), transaction);
    await this.newLeads.insert(workspaceId, listId, saved, transaction);
    return results;
  }
}

/** What may become a lead's primary addresses when these are cleared. */
const alternatesOf = (lead: Lead): Pick<Lead, IdentityField>[] => [
  { externalId: null, phone: lead.altPhone1, email: lead.altEmail1 },
  { externalId: null, phone: lead.altPhone2, email: lead.altEmail2 },
  { externalId: null, phone: lead.altPhone3, email: lead.altEmail3 },
];

function located(row: ParsedLead, ghlLocationId: string | undefined): ParsedLead {
  const draft = 'draft' in row ? row.draft : row.ifKnown?.draft;
  if (draft && ghlLocationId) draft.ghlLocationId ??= ghlLocationId;
  return row;
}

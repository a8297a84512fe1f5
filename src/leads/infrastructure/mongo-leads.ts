import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import { Clock } from '../../platform/clock';
import { Counts } from '../../platform/counters';
import type { WorkspaceId } from '../../platform/ids';
import {
  collectionOf,
  GatheredDocuments,
  hex,
  insertFew,
  objectId,
  objectIds,
  type Transaction,
  within,
} from '../../platform/mongo';
import type { Page, PageRequest } from '../../platform/paging';
import { IDENTITY_FIELDS, type IdentityField, type Lead, type LeadContacts, type LeadDraft } from '../domain/lead';
import {
  type AvailabilityFinding,
  type ChangesPage,
  Leads,
  LEADS_KEY,
  listSubject,
  type MemberRange,
  type Membership,
  type ResolvedFilter,
} from '../domain/leads.repository';
import type { SearchQuery } from '../domain/search/query';
import { availabilityWrite } from './availability-write';
import { GatheredHolders } from './gathered-holders';
import { asIdentityTaken } from './identity-taken';
import { toDocument, toLead } from './lead.mapper';
import type { LeadDocument } from './lead.schema';
import { changedAfter, contactsIn, filterOf, holdersIn, numbered, olderThan } from './lead-pages';
import { tombstonesOf } from './lead-tombstones';
import { type LeadWriteDocument, lowWatermark, registerInFlightWrite } from './lead-writes';
import { ALL_LEADS, memberChanges } from './member-counts';
import { MongoLeadTombstones } from './mongo-lead-tombstones';
import { ownersFirst } from './search/owners-first';
import { anyOf } from './search/readings';
import { MAX_SEARCH_TOTAL, type Search } from './search/search-page';

/** Documents are made, written as BSON and sent this many at a time: about 15 ms of the event loop. */
const WRITE_BATCH_SIZE = 500;
/** This many leads of any size fit into one command. */
const FEW_DOCUMENTS = 20;
const READ_BATCH_SIZE = 1_000;

const BY_ADDRESS = { workspaceId: 1, addresses: 1 };

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

@Injectable()
export class MongoLeads extends Leads {
  private readonly leads: Collection<LeadDocument>;
  private readonly byId: GatheredDocuments<LeadDocument>;
  private readonly holders: GatheredHolders;
  private readonly writes: Collection<LeadWriteDocument>;

  constructor(
    @InjectModel('Lead') model: Model<LeadDocument>,
    @InjectModel('LeadWrite') writes: Model<LeadWriteDocument>,
    private readonly tombstones: MongoLeadTombstones,
    private readonly counts: Counts,
    private readonly clock: Clock,
  ) {
    super();
    this.leads = collectionOf(model);
    this.byId = new GatheredDocuments(model);
    this.holders = new GatheredHolders(model);
    this.writes = collectionOf(writes);
  }

  async find(workspaceId: WorkspaceId, id: string, transaction?: Transaction): Promise<Lead | null> {
    return (await this.findMany(workspaceId, [id], transaction))[0] ?? null;
  }

  async findMany(workspaceId: WorkspaceId, ids: readonly string[], transaction?: Transaction): Promise<Lead[]> {
    if (!transaction) return (await this.byId.many(workspaceId, ids)).map(toLead);
    return (await this.leads.find({ _id: { $in: objectIds(ids) }, workspaceId }, within(transaction)).toArray()).map(toLead);
  }

  async findDuplicates(
    workspaceId: WorkspaceId,
    listId: string,
    drafts: readonly Pick<LeadDraft, IdentityField>[],
    transaction?: Transaction,
  ): Promise<Lead[]> {
    const found = new Map<string, Lead>();
    for (const field of IDENTITY_FIELDS) {
      const values = [...new Set(drafts.map((draft) => draft[field]).filter((value) => value !== null))];
      if (values.length === 0) continue;
      const filter = { workspaceId, listIds: objectId(listId), [field]: { $in: values } } as Filter<LeadDocument>;
      for (const document of await this.leads.find(filter, { ...within(transaction), batchSize: READ_BATCH_SIZE }).toArray()) {
        found.set(hex(document._id), toLead(document));
      }
    }
    return [...found.values()];
  }

  async findByExternalIds(
    workspaceId: WorkspaceId,
    externalIds: readonly string[],
    listId?: string,
    transaction?: Transaction,
  ): Promise<Lead[]> {
    const filter = { workspaceId, ...(listId && { listIds: objectId(listId) }), externalId: { $in: [...externalIds] } };
    const found = await this.leads.find(filter, { ...within(transaction), batchSize: READ_BATCH_SIZE }).toArray();
    return found.map(toLead);
  }

  async list(workspaceId: WorkspaceId, filter: ResolvedFilter, pageRequest: PageRequest): Promise<ChangesPage> {
    if (filter.search?.readings.length === 0)
      return 'cursor' in pageRequest ? { items: [], nextCursor: null } : { items: [], totalCount: 0 };
    const base = filterOf(workspaceId, filter);
    if ('cursor' in pageRequest && filter.updatedSince) {
      const query = filter.search ? { $and: [base, anyOf(filter.search)] } : base;
      const settled = await lowWatermark(this.writes, workspaceId, this.clock.now());
      const deleted = filter.deleted ? tombstonesOf(workspaceId, filter) : null;
      return changedAfter(
        { leads: this.leads, tombstones: this.tombstones.collection },
        { query, deleted, settled },
        pageRequest,
      );
    }
    if (filter.search) {
      const inList = filter.listId !== undefined;
      return this.searched({ workspaceId, filter: base, inList }, filter.search, pageRequest);
    }
    if ('cursor' in pageRequest) return olderThan(this.leads, base, pageRequest);
    const [items, totalCount] = await Promise.all([
      numbered(this.leads, base, pageRequest),
      this.total(workspaceId, filter, base),
    ]);
    return { items, totalCount };
  }

  private async searched(search: Search, query: SearchQuery, pageRequest: PageRequest): Promise<Page<Lead>> {
    const { found, last, totalCount } = await ownersFirst(this.leads, search, query, pageRequest);
    const items = found.map(toLead);
    if ('cursor' in pageRequest) return { items, nextCursor: last && hex(last) };
    if (totalCount <= MAX_SEARCH_TOTAL) return { items, totalCount };
    return { items, totalCount: MAX_SEARCH_TOTAL, totalCountIsLowerBound: true };
  }

  async memberIds(workspaceId: WorkspaceId, listId: string, after: string | null, limit: number): Promise<string[]> {
    const found = await this.leads
      .find(
        { workspaceId, listIds: objectId(listId), ...(after && { _id: { $gt: objectId(after) } }) },
        { projection: { _id: 1 }, sort: { _id: 1 }, limit },
      )
      .toArray();
    return found.map(({ _id }) => hex(_id));
  }

  memberContacts(workspaceId: WorkspaceId, range: MemberRange, limit: number, transaction: Transaction): Promise<LeadContacts[]> {
    return contactsIn(this.leads, { workspaceId, ...range }, { limit, ...within(transaction) });
  }

  async memberSnapshot(
    workspaceId: WorkspaceId,
    listId: string,
    transaction: Transaction,
  ): Promise<{ total: number; newest: string | null }> {
    const query = { workspaceId, listIds: objectId(listId) };
    const newest = await this.leads.findOne(query, { projection: { _id: 1 }, sort: { _id: -1 }, ...within(transaction) });
    const subject = listSubject(listId);
    const total = (await this.counts.read(workspaceId, [subject], transaction)).get(subject)?.get(LEADS_KEY) ?? 0;
    return { total, newest: newest && hex(newest._id) };
  }

  async hasOwnedLeads(workspaceId: WorkspaceId, listId: string): Promise<boolean> {
    return (await this.leads.findOne({ workspaceId, listId: objectId(listId) }, { projection: { _id: 1 } })) !== null;
  }

  async findByAddress(workspaceId: WorkspaceId, addresses: readonly string[], transaction?: Transaction): Promise<Lead[]> {
    const found = await this.leads.find({ workspaceId, addresses: { $in: [...addresses] } }, within(transaction)).toArray();
    return found.map(toLead);
  }

  async holdersOf(
    workspaceId: WorkspaceId,
    addresses: readonly string[],
    limit: number,
    transaction?: Transaction,
  ): Promise<{ id: string; addresses: string[] }[]> {
    if (!transaction) return this.holders.of({ workspaceId, addresses, limit });
    return holdersIn(this.leads, { workspaceId, addresses: { $in: [...addresses] } }, { limit, ...within(transaction) });
  }

  async holdersInDomains(
    workspaceId: WorkspaceId,
    domains: readonly string[],
    limit: number,
  ): Promise<{ id: string; addresses: string[] }[]> {
    if (domains.length === 0) return [];
    const ending = new RegExp(`@(?:${domains.map(escaped).join('|')})$`);
    return holdersIn(this.leads, { workspaceId, addresses: ending }, { limit, hint: BY_ADDRESS });
  }

  holdersAfter(workspaceId: WorkspaceId, after: string | null, limit: number): Promise<{ id: string; addresses: string[] }[]> {
    return holdersIn(this.leads, { workspaceId, ...(after && { _id: { $gt: objectId(after) } }) }, { limit, sort: { _id: 1 } });
  }

  countHolders(
    workspaceId: WorkspaceId,
    addresses: readonly string[],
    limit: number,
    transaction?: Transaction,
  ): Promise<number> {
    return this.leads.countDocuments({ workspaceId, addresses: { $in: [...addresses] } }, { limit, ...within(transaction) });
  }

  registerInFlightWrite(workspaceId: WorkspaceId): Promise<() => Promise<void>> {
    return registerInFlightWrite(this.writes, workspaceId, this.clock.now());
  }

  async insertMany(workspaceId: WorkspaceId, leads: readonly Lead[], transaction: Transaction): Promise<void> {
    if (leads.length === 0) return;
    const inserted =
      leads.length <= FEW_DOCUMENTS
        ? insertFew(this.leads, leads.map(toDocument), transaction)
        : this.insertBulk(leads, transaction);
    await inserted.catch(asIdentityTaken);
    await this.counts.add(workspaceId, memberChanges(leads, 1), transaction);
  }

  private async insertBulk(leads: readonly Lead[], transaction: Transaction): Promise<void> {
    for (let from = 0; from < leads.length; from += WRITE_BATCH_SIZE) {
      const documents = leads.slice(from, from + WRITE_BATCH_SIZE).map(toDocument);
      await this.leads.insertMany(documents, { ...within(transaction), ordered: true });
    }
  }

  async saveMany(workspaceId: WorkspaceId, leads: readonly Lead[], transaction: Transaction): Promise<void> {
    if (leads.length === 0) return;
    for (let from = 0; from < leads.length; from += WRITE_BATCH_SIZE) {
      const documents = leads.slice(from, from + WRITE_BATCH_SIZE).map(toDocument);
      const writes = documents.map(({ _id, ...document }) => ({
        updateOne: { filter: { _id, workspaceId }, update: { $set: document } },
      }));
      await this.leads.bulkWrite(writes, { ...within(transaction), ordered: true }).catch(asIdentityTaken);
    }
  }

  async deleteMany(workspaceId: WorkspaceId, ids: readonly string[], transaction: Transaction): Promise<void> {
    const leads = await this.findMany(workspaceId, ids, transaction);
    await this.remove(workspaceId, leads, transaction);
    await this.tombstones.bury(leads, this.clock.now(), transaction);
  }

  async erase(workspaceId: WorkspaceId, id: string, transaction: Transaction): Promise<void> {
    const leads = await this.findMany(workspaceId, [id], transaction);
    await this.remove(workspaceId, leads, transaction);
    const nameless = leads.map((lead) => ({ ...lead, externalId: null }));
    await this.tombstones.bury(nameless, this.clock.now(), transaction);
  }

  private async remove(workspaceId: WorkspaceId, leads: readonly Lead[], transaction: Transaction): Promise<void> {
    await this.leads.deleteMany({ _id: { $in: objectIds(leads.map(({ id }) => id)) }, workspaceId }, within(transaction));
    await this.counts.add(workspaceId, memberChanges(leads, -1), transaction);
  }

  async join(workspaceId: WorkspaceId, { ids, listId, now }: Membership, transaction: Transaction): Promise<void> {
    const list = objectId(listId);
    const { modifiedCount } = await this.leads
      .updateMany(
        { _id: { $in: objectIds(ids) }, workspaceId, listIds: { $ne: list } },
        { $push: { listIds: list }, $set: { updatedAt: now } },
        within(transaction),
      )
      .catch(asIdentityTaken);
    await this.counts.add(workspaceId, [{ subject: listSubject(listId), key: LEADS_KEY, n: modifiedCount }], transaction);
  }

  async leave(workspaceId: WorkspaceId, { ids, listId, now }: Membership, transaction: Transaction): Promise<void> {
    const list = objectId(listId);
    const { modifiedCount } = await this.leads.updateMany(
      { _id: { $in: objectIds(ids) }, workspaceId, listIds: list },
      { $pull: { listIds: list }, $set: { updatedAt: now } },
      within(transaction),
    );
    await this.counts.add(workspaceId, [{ subject: listSubject(listId), key: LEADS_KEY, n: -modifiedCount }], transaction);
  }

  async saveAvailability(checked: readonly { lead: Lead; finding: AvailabilityFinding }[]): Promise<void> {
    if (checked.length === 0) return;
    await this.leads.bulkWrite(checked.map(availabilityWrite), { ordered: false });
  }

  /** Exact, from the counts where the filter allows it. */
  private async total(workspaceId: WorkspaceId, filter: ResolvedFilter, query: Filter<LeadDocument>): Promise<number> {
    const given = Object.values(filter).filter((value) => value !== undefined).length;
    const subject = given === 0 ? ALL_LEADS : given === 1 && filter.listId ? listSubject(filter.listId) : null;
    if (!subject) return this.leads.countDocuments(query);
    return (await this.counts.read(workspaceId, [subject])).get(subject)?.get(LEADS_KEY) ?? 0;
  }
}

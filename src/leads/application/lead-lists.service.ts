import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditedAct } from '../../platform/audit';
import { type BackgroundJob, BackgroundJobs, type ChunkResult } from '../../platform/background';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { Counts } from '../../platform/counters';
import { NotFound } from '../../platform/errors';
import { DomainEvents } from '../../platform/events';
import { Ids, type WorkspaceId } from '../../platform/ids';
import { type Transaction, Transactions } from '../../platform/mongo';
import type { Page, PageRequest } from '../../platform/paging';
import type { Lead } from '../domain/lead';
import { type LeadList, LeadLists, ListUse } from '../domain/lead-list';
import { ListHasLeads, ListInUse, TooManyLists } from '../domain/leads.errors';
import { ContactsLeaving, Leads, LEADS_KEY, LeadsDeleted, listSubject } from '../domain/leads.repository';
import { ListCache } from './list-cache';

const EMPTY_LIST = 'empty-list';
const EMPTY_BATCH_SIZE = 500;
/** A call that saw the list before it was hidden may still save into it until its transaction times out. */
const STRAGGLERS_MS = 10_000;
/** So many lists are shown beside the leads of any page. */
const MAX_LISTS_BESIDE = 200;

interface EmptyListProgress {
  listId: string;
  removed: number;
  /** When the list was first found empty. */
  emptySince: Date | null;
}

export type CountedList = LeadList & { leadCount: number };

/** A workspace's lists. */
@Injectable()
export class LeadListsService implements OnModuleInit {
  constructor(
    private readonly leadLists: LeadLists,
    private readonly listCache: ListCache,
    private readonly leads: Leads,
    private readonly listUse: ListUse,
    private readonly counts: Counts,
    private readonly transactions: Transactions,
    private readonly backgroundJobs: BackgroundJobs,
    private readonly domainEvents: DomainEvents,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.backgroundJobs.register<EmptyListProgress>(EMPTY_LIST, { chunk: (job, save) => this.emptyChunk(job, save) });
  }

  /** @throws TooManyLists */
  async create(workspaceId: WorkspaceId, name: string, description: string | null): Promise<CountedList> {
    const now = this.clock.now();
    const list: LeadList = { id: this.ids.next(), workspaceId, name, description, createdAt: now, updatedAt: now };
    const most = this.config.LISTS_MAX;
    return this.transactions.run(async (transaction) => {
      if ((await this.leadLists.count(workspaceId, most, transaction)) >= most) throw new TooManyLists(most);
      await this.leadLists.insert(list, transaction);
      return { ...list, leadCount: 0 };
    });
  }

  /** @throws NotFound */
  async get(workspaceId: WorkspaceId, id: string): Promise<CountedList> {
    const list = await this.leadLists.find(workspaceId, id);
    if (!list) throw new NotFound('List');
    return (await this.counted(workspaceId, [list]))[0]!;
  }

  /** All lists of the workspace, where these are not too many; else those of the leads. */
  async beside(workspaceId: WorkspaceId, leads: readonly Pick<Lead, 'listId'>[]): Promise<CountedList[]> {
    const { items, nextCursor } = await this.leadLists.list(workspaceId, { cursor: null, limit: MAX_LISTS_BESIDE });
    const ids = [...new Set(leads.map(({ listId }) => listId))];
    return this.counted(workspaceId, nextCursor ? await this.leadLists.findMany(workspaceId, ids) : items);
  }

  async list(workspaceId: WorkspaceId, pageRequest: PageRequest): Promise<Page<CountedList>> {
    const page = await this.leadLists.list(workspaceId, pageRequest);
    return { ...page, items: await this.counted(workspaceId, page.items) };
  }

  /** @throws NotFound */
  async change(
    workspaceId: WorkspaceId,
    id: string,
    change: { name?: string; description?: string | null },
  ): Promise<CountedList> {
    const { leadCount, ...list } = await this.get(workspaceId, id);
    const changed = {
      ...list,
      name: change.name ?? list.name,
      description: change.description === undefined ? list.description : change.description,
      updatedAt: this.clock.now(),
    };
    if (!(await this.leadLists.update(changed))) throw new NotFound('List');
    return { ...changed, leadCount };
  }

  /**
   * Hides the list at once and empties it in the background: leads that it owns are deleted, others only
   * leave it.
   * @returns how many leads it had
   * @throws NotFound, ListInUse, ListHasLeads (without `deleteLeads`)
   */
  async delete(workspaceId: WorkspaceId, id: string, { deleteLeads }: { deleteLeads: boolean }): Promise<number> {
    const { leadCount } = await this.get(workspaceId, id);
    const user = await this.listUse.usedBy(workspaceId, id);
    if (user !== null) throw new ListInUse(user);
    if (!deleteLeads && (await this.leads.hasOwnedLeads(workspaceId, id))) throw new ListHasLeads(leadCount);
    await this.transactions.run(async (transaction) => {
      if (!(await this.leadLists.hide(workspaceId, id, this.clock.now(), transaction))) throw new NotFound('List');
      const change = { before: { leadCount }, after: null };
      await this.domainEvents.publish(new AuditedAct(workspaceId, 'list.deleted', { kind: 'list', id }, change), transaction);
      await this.backgroundJobs.start<EmptyListProgress>(
        {
          workspaceId,
          kind: EMPTY_LIST,
          subject: listSubject(id),
          progress: { listId: id, removed: 0, emptySince: null },
        },
        transaction,
      );
    });
    await this.listCache.expired();
    return leadCount;
  }

  private async emptyChunk(
    { workspaceId, progress }: BackgroundJob<EmptyListProgress>,
    save: (progress: EmptyListProgress, transaction: Transaction) => Promise<void>,
  ): Promise<ChunkResult<EmptyListProgress>> {
    const { listId, removed, emptySince } = progress;
    const ids = await this.leads.memberIds(workspaceId, listId, null, EMPTY_BATCH_SIZE);
    const now = this.clock.now();
    if (ids.length === 0) {
      if (emptySince && now.getTime() - emptySince.getTime() >= STRAGGLERS_MS) {
        await this.leadLists.remove(workspaceId, listId);
        await this.counts.forget(workspaceId, listSubject(listId));
        return { next: 'done', progress };
      }
      const until = new Date(now.getTime() + STRAGGLERS_MS);
      return {
        next: 'wait',
        progress: { ...progress, emptySince: emptySince ?? now },
        until,
        reason: 'Waiting for calls that may still save into the list',
      };
    }
    const after: EmptyListProgress = { listId, removed: removed + ids.length, emptySince: null };
    await this.transactions.run(async (transaction) => {
      const leads = await this.leads.findMany(workspaceId, ids, transaction);
      const going = leads.filter((lead) => lead.listId === listId);
      const owned = going.map(({ id }) => id);
      const shared = leads.filter((lead) => lead.listId !== listId).map(({ id }) => id);
      if (owned.length > 0) {
        await this.domainEvents.publish(ContactsLeaving.of(workspaceId, going), transaction);
        await this.leads.deleteMany(workspaceId, owned, transaction);
        await this.domainEvents.publish(new LeadsDeleted(workspaceId, owned), transaction);
      }
      if (shared.length > 0) await this.leads.leave(workspaceId, { ids: shared, listId, now }, transaction);
      await save(after, transaction);
    });
    return { next: 'more', progress: after };
  }

  private async counted(workspaceId: WorkspaceId, lists: readonly LeadList[]): Promise<CountedList[]> {
    const counts = await this.counts.read(
      workspaceId,
      lists.map(({ id }) => listSubject(id)),
    );
    return lists.map((list) => ({ ...list, leadCount: counts.get(listSubject(list.id))?.get(LEADS_KEY) ?? 0 }));
  }
}

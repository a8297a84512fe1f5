import { Injectable, type OnModuleInit } from '@nestjs/common';
import { actorOf, ActorRemoved, type Principal, requireScope } from '../../auth';
import { Clock } from '../../platform/clock';
import { NotFound } from '../../platform/errors';
import { DomainEvents } from '../../platform/events';
import { Ids } from '../../platform/ids';
import { type Transaction, Transactions } from '../../platform/mongo';
import { MAX_OWN_VIEWS, MAX_SHARED_VIEWS, type Table, TABLES, type View, type ViewContents, Views } from '../domain/view';
import { NotTheOwner, TooManyViews } from '../domain/views.errors';

/** What a caller needs to see the rows of a table: who cannot, needs no views of it. */
const READ_SCOPES = { leads: 'leads:read', messages: 'messages:read', campaigns: 'campaigns:read' } as const;
/** What a caller needs to share a view, or to change one that is shared. */
const SHARE_SCOPES = { leads: 'leads:write', messages: 'messages:send', campaigns: 'campaigns:write' } as const;

export type NewView = ViewContents & { table: Table };

/** Views of tables: the caller's own, and those that the workspace shares. */
@Injectable()
export class ViewsService implements OnModuleInit {
  constructor(
    private readonly views: Views,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
  ) {}

  onModuleInit(): void {
    this.domainEvents.on(ActorRemoved, ({ workspaceId, actor, at }, transaction) =>
      this.views.removeOwn(workspaceId, actor, at, transaction),
    );
  }

  /**
   * Those of the tables that the caller may read, or of one of them.
   * @throws MissingScope for a table that the caller may not read
   */
  async list(caller: Principal, table: Table | null): Promise<View[]> {
    if (table) requireScope(caller, READ_SCOPES[table]);
    const readable = TABLES.filter((one) => caller.scopes.has(READ_SCOPES[one]));
    return this.views.list(caller.workspaceId, actorOf(caller), table ? [table] : readable);
  }

  /** @throws MissingScope, TooManyViews */
  async create(caller: Principal, { table, ...contents }: NewView): Promise<View> {
    requireScope(caller, READ_SCOPES[table]);
    if (contents.shared) requireScope(caller, SHARE_SCOPES[table]);
    const { workspaceId } = caller;
    const [owner, now] = [actorOf(caller), this.clock.now()];
    const view: View = { id: this.ids.next(), workspaceId, owner, table, ...contents, createdAt: now, updatedAt: now };
    await this.transactions.run(async (transaction) => {
      await this.requireRoom(view, transaction);
      await this.views.insert(view, transaction);
    });
    return view;
  }

  /** @throws NotFound, MissingScope, NotTheOwner, TooManyViews */
  async change(caller: Principal, id: string, change: Partial<ViewContents>): Promise<View> {
    return this.transactions.run(async (transaction) => {
      const before = await this.changeable(caller, id, transaction);
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const after: View = { ...before, ...given, updatedAt: this.clock.now() };
      if (before.shared !== after.shared) {
        if (after.shared) requireScope(caller, SHARE_SCOPES[before.table]);
        else if (before.owner !== actorOf(caller)) throw new NotTheOwner();
        await this.requireRoom(after, transaction);
      }
      await this.views.update(after, transaction);
      return after;
    });
  }

  /** @throws NotFound, MissingScope */
  async remove(caller: Principal, id: string): Promise<void> {
    await this.transactions.run(async (transaction) => {
      await this.changeable(caller, id, transaction);
      await this.views.remove(caller.workspaceId, id, transaction);
    });
  }

  private async changeable(caller: Principal, id: string, transaction: Transaction): Promise<View> {
    const view = await this.views.find(caller.workspaceId, actorOf(caller), id, transaction);
    if (!view || !caller.scopes.has(READ_SCOPES[view.table])) throw new NotFound('View');
    if (view.shared) requireScope(caller, SHARE_SCOPES[view.table]);
    return view;
  }

  private async requireRoom({ workspaceId, owner, shared }: View, transaction: Transaction): Promise<void> {
    if (shared) {
      const count = await this.views.countShared(workspaceId, transaction);
      if (count >= MAX_SHARED_VIEWS) throw new TooManyViews('shared', MAX_SHARED_VIEWS);
    } else {
      const count = await this.views.countOwn(workspaceId, owner, transaction);
      if (count >= MAX_OWN_VIEWS) throw new TooManyViews('own', MAX_OWN_VIEWS);
    }
  }
}

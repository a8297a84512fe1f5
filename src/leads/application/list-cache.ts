import { Injectable } from '@nestjs/common';
import { CACHE_TTL_MS, Clock, TtlCache } from '../../platform/clock';
import { NotFound } from '../../platform/errors';
import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/mongo';
import { LeadLists } from '../domain/lead-list';

/**
 * Caches for a second which lists there are, so that not every call asks the store. A call that deletes a
 * list waits for that second before it answers; hence no call that begins after the answer finds the list, on
 * any instance.
 */
@Injectable()
export class ListCache {
  private readonly ids: TtlCache<string>;

  constructor(
    private readonly leadLists: LeadLists,
    private readonly clock: Clock,
  ) {
    this.ids = new TtlCache(clock);
  }

  /** The list that a call names, or "Quick Sends", made on first use. @throws NotFound */
  async idOf(workspaceId: WorkspaceId, listId: string | undefined, transaction: Transaction): Promise<string> {
    const key = `${workspaceId} ${listId ?? ''}`;
    const cached = this.ids.peek(key);
    if (cached !== undefined) return cached;
    const askedAt = this.clock.now();
    const list =
      listId === undefined
        ? await this.leadLists.quickSends(workspaceId, askedAt, transaction)
        : await this.leadLists.find(workspaceId, listId, transaction);
    if (!list) throw new NotFound('List');
    transaction.afterCommit(() => this.ids.set(key, list.id, askedAt));
    return list.id;
  }

  /** @throws NotFound */
  async require(workspaceId: WorkspaceId, id: string): Promise<void> {
    const key = `${workspaceId} ${id}`;
    if (this.ids.peek(key) !== undefined) return;
    const askedAt = this.clock.now();
    if (!(await this.leadLists.find(workspaceId, id))) throw new NotFound('List');
    this.ids.set(key, id, askedAt);
  }

  /** Resolves when no instance has a list in its cache that was hidden before. */
  expired(): Promise<void> {
    return this.clock.sleep(CACHE_TTL_MS);
  }
}

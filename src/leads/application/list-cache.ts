import { Injectable } from '@nestjs/common';
import { CACHE_TTL_MS, Clock, TtlCache } from '../../platform/clock';
import { NotFound } from '../../platform/errors';
import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/mongo';
import { LeadLists } from '../domain/lead-list';

/**
 * Which lists there are, without asking for each call anew: what was found stays known for a second. Whoever
 * deletes a list waits for that second to pass before saying so, hence no call that begins after the answer
 * finds the list, on any instance.
 */
@Injectable()
export class ListCache {
  private readonly known: TtlCache<string>;

  constructor(
    private readonly leadLists: LeadLists,
    private readonly clock: Clock,
  ) {
    this.known = new TtlCache(clock);
  }

  /** The list that a call names, or "Quick Sends", made on first use. @throws NotFound */
  async idOf(workspaceId: WorkspaceId, wanted: string | undefined, transaction: Transaction): Promise<string> {
    const key = `${workspaceId} ${wanted ?? ''}`;
    const known = this.known.peek(key);
    if (known !== undefined) return known;
    const askedAt = this.clock.now();
    const list =
      wanted === undefined
        ? await this.leadLists.quickSends(workspaceId, askedAt, transaction)
        : await this.leadLists.find(workspaceId, wanted, transaction);
    if (!list) throw new NotFound('List');
    transaction.afterCommit(() => this.known.set(key, list.id, askedAt));
    return list.id;
  }

  /** @throws NotFound */
  async require(workspaceId: WorkspaceId, id: string): Promise<void> {
    const key = `${workspaceId} ${id}`;
    if (this.known.peek(key) !== undefined) return;
    const askedAt = this.clock.now();
    if (!(await this.leadLists.find(workspaceId, id))) throw new NotFound('List');
    this.known.set(key, id, askedAt);
  }

  /** Resolves when no instance takes a list for known that was hidden before. */
  forgotten(): Promise<void> {
    return this.clock.sleep(CACHE_TTL_MS);
  }
}

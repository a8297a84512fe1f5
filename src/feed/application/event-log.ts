import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/transaction';
import { Feed, type FeedPage, type FeedRequest, type NewEvent } from '../domain/event';
import { Placing } from './placing';

/** Writes down what happens in workspaces, and reads it in an order that never changes. */
@Injectable()
export class EventLog {
  constructor(
    private readonly feed: Feed,
    private readonly placing: Placing,
  ) {}

  /** In the transaction of the fact: what was saved stands in the feed, what was not does not. */
  async add(workspaceId: WorkspaceId, events: readonly NewEvent[], transaction: Transaction): Promise<void> {
    if (events.length === 0) return;
    await this.feed.add(workspaceId, events, transaction);
    transaction.afterCommit(() => this.placing.wake(workspaceId));
  }

  /** What was saved before the call is in it, as a rule. @throws CursorExpired */
  async read(workspaceId: WorkspaceId, request: FeedRequest): Promise<FeedPage> {
    await this.placing.upToNow(workspaceId);
    return this.feed.read(workspaceId, request);
  }

  /** The last events, oldest first, and where to go on. */
  async latest(workspaceId: WorkspaceId, request: Omit<FeedRequest, 'after'>): Promise<FeedPage> {
    await this.placing.upToNow(workspaceId);
    return this.feed.latest(workspaceId, request);
  }

  /** The same for who waits: what has no place yet comes with the next reading. @throws CursorExpired */
  follow(workspaceId: WorkspaceId, request: FeedRequest): Promise<FeedPage> {
    return this.feed.read(workspaceId, request);
  }

  /** Where a reading begins. @param after `null` for the oldest event that is kept @throws CursorExpired */
  beginning(workspaceId: WorkspaceId, after: number | null): Promise<number> {
    return this.feed.startOf(workspaceId, after);
  }

  /** Behind which place what happens from now on will stand. */
  async now(workspaceId: WorkspaceId): Promise<number> {
    await this.placing.upToNow(workspaceId);
    return (await this.feed.lastPlaces([workspaceId])).get(workspaceId) ?? 0;
  }
}

import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { type OldMessage, OldMessages } from '../../messages';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import type { WorkspaceId } from '../../platform/ids';
import { Ticks } from '../../platform/ticks';
import { Campaigns } from '../domain/campaign';
import { Enrollments } from '../domain/enrollment';

const DAY_MS = 86_400_000;
/** How often a batch is looked at, and how long it rests when all were, in milliseconds. */
const [LOOK_INTERVAL_MS, REST_MS] = [5_000, 3_600_000];
/** Messages of one look. */
const LOOK_BATCH_SIZE = 500;

/**
 * Removes messages that ended more than `RETENTION_DAYS_MESSAGES` ago, batch by batch. Those of an enrollment
 * go when it is over and none of them moves any more: a change of its campaign plans the steps anew that it
 * does not find. What keeps anybody from getting a step twice stays: enrollments, and claims on recipients.
 */
@Injectable()
export class MessageRetention implements OnModuleInit {
  private readonly logger = new Logger(MessageRetention.name);
  private after: string | null = null;
  private restsUntil = new Date(0);

  constructor(
    private readonly oldMessages: OldMessages,
    private readonly enrollments: Enrollments,
    private readonly campaigns: Campaigns,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly ticks: Ticks,
  ) {}

  onModuleInit(): void {
    const { RETENTION_DAYS_MESSAGES: days } = this.config;
    if (days !== undefined) this.ticks.every('remove old messages', LOOK_INTERVAL_MS, () => this.look(days));
  }

  private async look(days: number): Promise<void> {
    const now = this.clock.now();
    if (now < this.restsUntil) return;
    const before = new Date(now.getTime() - days * DAY_MS);
    const { old, next } = await this.oldMessages.look(before, this.after, LOOK_BATCH_SIZE);
    const removed = await this.oldMessages.remove(await this.over(old, before), before);
    if (removed > 0) this.logger.log({ removed, days }, 'Old messages were removed');
    this.after = next;
    if (next === null) this.restsUntil = new Date(now.getTime() + REST_MS);
  }

  /** Of the messages, those behind which nothing can come any more. */
  private async over(old: readonly OldMessage[], before: Date): Promise<OldMessage[]> {
    const ids = [...new Set(old.flatMap(({ enrollmentId }) => enrollmentId ?? []))];
    const kept = await this.oldMessages.stillMoving(ids, before);
    for (const workspaceId of new Set(old.map((message) => message.workspaceId))) {
      const own = old.filter((message) => message.workspaceId === workspaceId);
      for (const id of await this.goingOn(workspaceId, own)) kept.add(id);
    }
    return old.filter(({ enrollmentId }) => enrollmentId === null || !kept.has(enrollmentId));
  }

  /** The enrollments that may still get a step: active ones of campaigns that are not archived. */
  private async goingOn(workspaceId: WorkspaceId, messages: readonly OldMessage[]): Promise<string[]> {
    const ids = [...new Set(messages.flatMap(({ enrollmentId }) => enrollmentId ?? []))];
    if (ids.length === 0) return [];
    const active = (await this.enrollments.findMany(workspaceId, ids)).filter(({ status }) => status === 'active');
    const campaignIds = [...new Set(active.map(({ campaignId }) => campaignId))];
    const campaigns = await this.campaigns.findMany(workspaceId, campaignIds);
    const open = new Set(campaigns.filter(({ status }) => status !== 'archived').map(({ id }) => id));
    return active.filter(({ campaignId }) => open.has(campaignId)).map(({ id }) => id);
  }
}

import { Injectable } from '@nestjs/common';
import { Workspaces } from '../../auth';
import { LeadsSaved } from '../../leads';
import { Clock } from '../../platform/clock';
import { DomainEvents } from '../../platform/events';
import type { WorkspaceId } from '../../platform/ids';
import { AvailabilityBatchesService } from './availability-batches.service';

/** A workspace's wish may be this old: it is asked for with every call that saves leads. */
const REMEMBER_MS = 1_000;
const REMEMBER_AT_MOST = 10_000;

/** Checks new leads by themselves, in the background, where the workspace says so. */
@Injectable()
export class AutoCheckService {
  private readonly wishes = new Map<WorkspaceId, { at: number; wanted: boolean }>();

  constructor(
    private readonly workspaces: Workspaces,
    private readonly batches: AvailabilityBatchesService,
    private readonly clock: Clock,
    events: DomainEvents,
  ) {
    events.on(LeadsSaved, async ({ workspaceId, leadIds }, transaction) => {
      if (await this.isWanted(workspaceId)) await this.batches.startFor(workspaceId, leadIds, transaction);
    });
  }

  private async isWanted(workspaceId: WorkspaceId): Promise<boolean> {
    const now = this.clock.now().getTime();
    const known = this.wishes.get(workspaceId);
    if (known && now - known.at < REMEMBER_MS) return known.wanted;
    const wanted = (await this.workspaces.find(workspaceId))?.autoCheckAvailability ?? false;
    if (this.wishes.size >= REMEMBER_AT_MOST) this.wishes.clear();
    this.wishes.set(workspaceId, { at: now, wanted });
    return wanted;
  }
}

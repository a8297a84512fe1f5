import { Injectable } from '@nestjs/common';
import { NotFound } from '../../platform/errors';
import { DomainEvents } from '../../platform/events';
import type { WorkspaceId } from '../../platform/ids';
import { Transactions } from '../../platform/mongo';
import { type Workspace, WorkspaceChanged, Workspaces, type WorkspaceSettings } from '../domain/workspace';

/** What a workspace decides for itself. */
@Injectable()
export class WorkspacesService {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
  ) {}

  /** @throws NotFound */
  async get(id: WorkspaceId): Promise<Workspace> {
    const workspace = await this.workspaces.find(id);
    if (!workspace) throw new NotFound('Workspace');
    return workspace;
  }

  /** Changes what is given. @throws NotFound */
  async change(id: WorkspaceId, settings: Partial<WorkspaceSettings>): Promise<Workspace> {
    await this.transactions.run(async (transaction) => {
      await this.workspaces.change(id, settings, transaction);
      await this.domainEvents.publish(new WorkspaceChanged(id), transaction);
    });
    return this.get(id);
  }
}

import { Injectable } from '@nestjs/common';
import { AuditedAct, changeBetween } from '../../platform/audit';
import { NotFound } from '../../platform/errors';
import { DomainEvents } from '../../platform/events';
import type { WorkspaceId } from '../../platform/ids';
import { Transactions } from '../../platform/mongo';
import { DEFAULT_SETTINGS, type Workspace, WorkspaceChanged, Workspaces, type WorkspaceSettings } from '../domain/workspace';

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
      const before = await this.workspaces.find(id, transaction);
      await this.workspaces.change(id, settings, transaction);
      const after = before && {
        ...before,
        ...Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)),
      };
      const change = changeBetween(before, after, Object.keys(DEFAULT_SETTINGS) as (keyof WorkspaceSettings)[]);
      await this.domainEvents.publish(new AuditedAct(id, 'settings.changed', { kind: 'workspace', id }, change), transaction);
      await this.domainEvents.publish(new WorkspaceChanged(id), transaction);
    });
    return this.get(id);
  }
}

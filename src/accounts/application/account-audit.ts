import { Injectable } from '@nestjs/common';
import { AuditedAct, changeBetween } from '../../platform/audit';
import { DomainEvents } from '../../platform/events';
import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/transaction';
import type { Account } from '../domain/account';

/** What the audit log shows of accounts; of their secrets it says that they were changed. */
const AUDITED = ['channel', 'name', 'deviceId', 'settings', 'pace', 'overallPace'] as const;

/** Says what was done to accounts. */
@Injectable()
export class AccountAudit {
  constructor(private readonly domainEvents: DomainEvents) {}

  made(account: Account, transaction: Transaction): Promise<void> {
    return this.publish('account.created', null, account, transaction);
  }

  changed(before: Account, after: Account, transaction: Transaction): Promise<void> {
    return this.publish('account.changed', before, after, transaction);
  }

  removed(workspaceId: WorkspaceId, id: string, transaction: Transaction): Promise<void> {
    return this.domainEvents.publish(new AuditedAct(workspaceId, 'account.deleted', { kind: 'account', id }), transaction);
  }

  secretRotated(workspaceId: WorkspaceId, id: string, transaction: Transaction): Promise<void> {
    const act = new AuditedAct(workspaceId, 'account.secret_rotated', { kind: 'account', id });
    return this.domainEvents.publish(act, transaction);
  }

  private publish(action: string, before: Account | null, after: Account, transaction: Transaction): Promise<void> {
    const change = changeBetween(before, after, AUDITED);
    if (after.secrets !== (before?.secrets ?? null)) change.after!.secrets = 'changed';
    const act = new AuditedAct(after.workspaceId, action, { kind: 'account', id: after.id }, change);
    return this.domainEvents.publish(act, transaction);
  }
}

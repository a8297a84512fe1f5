import { Injectable } from '@nestjs/common';
import { AuditedAct, changeBetween } from '../../platform/audit';
import { DomainEvents } from '../../platform/events';
import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/transaction';
import type { Line } from '../domain/line';

/** What the audit log shows of lines; of their password it says that it was changed. */
const AUDITED = [
  'firstName',
  'lastName',
  'phone',
  'email',
  'channel',
  'accountId',
  'deviceId',
  'bridgeUrl',
  'pace',
  'isActive',
  'dailyNewConversationsLimit',
  'hourlyNewConversationsLimit',
  'dailyTotalMessagesLimit',
  'ramp',
] as const;

const shown = (line: Line | null) => line && { ...line, accountId: line.account?.id ?? null };

/** Says what was done to lines. */
@Injectable()
export class LineAudit {
  constructor(private readonly domainEvents: DomainEvents) {}

  made(line: Line, transaction: Transaction): Promise<void> {
    return this.publish('line.created', null, line, transaction);
  }

  changed(before: Line, after: Line, transaction: Transaction): Promise<void> {
    return this.publish('line.changed', before, after, transaction);
  }

  removed(workspaceId: WorkspaceId, id: string, transaction: Transaction): Promise<void> {
    return this.domainEvents.publish(new AuditedAct(workspaceId, 'line.deleted', { kind: 'line', id }), transaction);
  }

  private publish(action: string, before: Line | null, after: Line, transaction: Transaction): Promise<void> {
    const { workspaceId, id, bridgePassword } = after;
    const change = changeBetween(shown(before), shown(after), AUDITED);
    if (bridgePassword !== (before?.bridgePassword ?? null)) change.after!.bridgePassword = 'changed';
    return this.domainEvents.publish(new AuditedAct(workspaceId, action, { kind: 'line', id }, change), transaction);
  }
}

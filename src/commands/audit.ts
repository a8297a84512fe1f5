import { ObjectId } from 'bson';
import type { ClientSession, Db } from 'mongodb';
import type { AuditEntryDocument } from '../audit/infrastructure/audit-entry.schema';
import type { AuditedChange, AuditSubject } from '../platform/audit';

const DAY_MS = 86_400_000;

/** What an operator did to a workspace. */
interface Act extends AuditedChange {
  workspaceId: string;
  action: string;
  subject: AuditSubject;
}

/** Writes it into the workspace's audit log, in the transaction of what was done. */
export async function writeAudit(db: Db, session: ClientSession, act: Act, retentionDays: number): Promise<void> {
  const at = new Date();
  const expiresAt = new Date(at.getTime() + retentionDays * DAY_MS);
  const entry = { _id: new ObjectId(), at, actor: 'operator', address: null, correlationId: null, ...act, expiresAt };
  await db.collection<AuditEntryDocument>('auditEntries').insertOne(entry, { session });
}

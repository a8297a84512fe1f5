import type { ClientSession, Db, MongoClient } from 'mongodb';
import { ORGANIZATION_DELETED } from '../auth/domain';
import type { WorkspaceDocument } from '../auth/infrastructure/workspace.schema';
import { writeAudit } from './audit';
import { CommandRefused } from './run-command';

/** What callers are told as `reason`: a code, not a text. */
const REASON = /^[a-z][a-z0-9_]{0,39}$/;

export interface ReadOnlyChange {
  workspaceId: string;
  /** Why it is read-only from now on, a code such as `past_due`; `null`: it is written to again. */
  reason: string | null;
  /** Whether it is opened although its organization was deleted. */
  isForced: boolean;
}

/**
 * Makes a workspace read-only, or lets it be written to again, and says so in its audit log, in one
 * transaction. Processes notice within a second; lines that rested begin to send again within a minute.
 * @param retentionDays how long the audit log keeps the entry
 * @returns the sentence to print
 * @throws CommandRefused
 */
export async function setReadOnly(client: MongoClient, change: ReadOnlyChange, retentionDays: number): Promise<string> {
  if (change.reason !== null && !REASON.test(change.reason)) {
    throw new CommandRefused('The reason must be a code such as past_due: small letters, digits and _, at most 40');
  }
  return client.withSession((session) => session.withTransaction(() => changed(client.db(), session, change, retentionDays)));
}

async function changed(db: Db, session: ClientSession, change: ReadOnlyChange, retentionDays: number): Promise<string> {
  const { workspaceId: id, reason, isForced } = change;
  const workspaces = db.collection<WorkspaceDocument>('workspaces');
  const workspace = await workspaces.findOne({ _id: id }, { session });
  if (!workspace) throw new CommandRefused(`There is no workspace ${id}`);
  const { readOnlyReason: before } = workspace;
  if (before === reason)
    return `${id} ${reason === null ? 'was not read-only' : `was read-only already (${reason})`}; nothing was changed`;
  if (before === ORGANIZATION_DELETED && !isForced) {
    throw new CommandRefused(
      `${id} is read-only because its organization was deleted in Clerk; say --force if that is to be changed all the same`,
    );
  }
  await workspaces.updateOne({ _id: id }, { $set: { readOnlyReason: reason } }, { session });
  const act = {
    workspaceId: id,
    action: 'workspace.read_only_changed',
    subject: { kind: 'workspace', id } as const,
    before: { readOnlyReason: before },
    after: { readOnlyReason: reason },
  };
  await writeAudit(db, session, act, retentionDays);
  return reason === null
    ? `${id} can be written to again (it was read-only: ${before}); its lines send again within a minute`
    : `${id} is read-only (${reason}): writes are answered 402 READ_ONLY, and nothing more is sent`;
}

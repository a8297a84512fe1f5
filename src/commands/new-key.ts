import { ObjectId } from 'bson';
import type { MongoClient } from 'mongodb';
import { newKeySecret } from '../auth/domain/api-key';
import { SCOPES } from '../auth/domain/scopes';
import type { ApiKeyDocument } from '../auth/infrastructure/api-key.schema';
import type { WorkspaceDocument } from '../auth/infrastructure/workspace.schema';
import { fingerprint } from '../platform/secrets';
import { writeAudit } from './audit';
import { CommandRefused } from './run-command';

/** Ids of workspaces are those of organizations in Clerk. */
const WORKSPACE = /^[\w-]{1,100}$/;
const MAX_NAME = 100;

/**
 * Makes a key with every scope, and its workspace where there is none yet.
 * @returns its secret, which is kept nowhere
 * @throws CommandRefused
 */
export async function newKey(client: MongoClient, workspaceId: string, name: string, retentionDays: number): Promise<string> {
  if (!WORKSPACE.test(workspaceId))
    throw new CommandRefused('The id of a workspace is that of its organization in Clerk, such as org_2abc');
  if (name.length === 0 || name.length > MAX_NAME) throw new CommandRefused(`The name of a key has 1 to ${MAX_NAME} characters`);
  const secret = newKeySecret();
  const db = client.db();
  const now = new Date();
  await client.withSession((session) =>
    session.withTransaction(async () => {
      const fresh = { name: workspaceId, readOnlyReason: null, autoCheckAvailability: false, createdAt: now };
      const workspaces = db.collection<WorkspaceDocument>('workspaces');
      await workspaces.updateOne({ _id: workspaceId }, { $setOnInsert: fresh }, { session, upsert: true });
      const key: ApiKeyDocument = {
        _id: new ObjectId(),
        workspaceId,
        name,
        fingerprint: fingerprint(secret),
        ending: secret.slice(-4),
        createdAt: now,
        lastUsedAt: null,
        scopes: [...SCOPES],
        expiresAt: null,
        allowedIps: [],
        rateLimitPerMinute: null,
      };
      await db.collection<ApiKeyDocument>('apiKeys').insertOne(key, { session });
      const subject = { kind: 'api-key' as const, id: key._id.toHexString() };
      await writeAudit(
        db,
        session,
        { workspaceId, action: 'api_key.created', subject, before: null, after: { name } },
        retentionDays,
      );
    }),
  );
  return secret;
}

import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { ObjectId } from 'bson';
import type { Filter, WithId } from 'mongodb';
import type { Model } from 'mongoose';
import type { AuditSubject } from '../../platform/audit';
import { type WorkspaceId, workspaceId } from '../../platform/ids';
import { collectionOf, hex, objectId, pageById, type Transaction, within } from '../../platform/mongo';
import type { Page, PageRequest } from '../../platform/paging';
import { type AuditEntry, type AuditFilter, AuditLog } from '../domain/audit-entry';
import type { AuditEntryDocument } from './audit-entry.schema';

@Injectable()
export class MongoAuditLog extends AuditLog {
  constructor(@InjectModel('AuditEntry') private readonly model: Model<AuditEntryDocument>) {
    super();
  }

  async add({ id, ...entry }: AuditEntry, expiresAt: Date, transaction: Transaction): Promise<void> {
    await collectionOf(this.model).insertOne({ _id: objectId(id), ...entry, expiresAt }, within(transaction));
  }

  list(workspace: WorkspaceId, filter: AuditFilter, pageRequest: PageRequest): Promise<Page<AuditEntry>> {
    return pageById(
      { collection: collectionOf(this.model), filter: queryOf(workspace, filter), order: 'newest-first', toItem: toDomain },
      pageRequest,
    );
  }
}

/** Ids begin with the second in which they were made: what is older is not read at all. */
function queryOf(workspace: WorkspaceId, { action, actor, since }: AuditFilter): Filter<AuditEntryDocument> {
  return {
    workspaceId: workspace,
    ...(action !== undefined && { action }),
    ...(actor !== undefined && { actor }),
    ...(since && { at: { $gte: since }, $and: [{ _id: { $gte: firstIdOf(since) } }] }),
  };
}

/** A minute earlier, since the clock that makes ids need not be the one that says when. */
const firstIdOf = (since: Date): ObjectId =>
  ObjectId.createFromTime(Math.max(0, Math.min(0xffffffff, Math.floor(since.getTime() / 1_000) - 60)));

const toDomain = (document: WithId<AuditEntryDocument>): AuditEntry => ({
  id: hex(document._id),
  workspaceId: workspaceId(document.workspaceId),
  at: document.at,
  actor: document.actor,
  address: document.address,
  correlationId: document.correlationId,
  action: document.action,
  subject: document.subject as AuditSubject,
  before: document.before,
  after: document.after,
});

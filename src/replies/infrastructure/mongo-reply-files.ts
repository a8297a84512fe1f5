import { type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import type { ObjectId } from 'bson';
import { type Collection, type Filter, GridFSBucket } from 'mongodb';
import type { Connection, Model } from 'mongoose';
import { ChangeTimes } from '../../platform/changes';
import { workspaceId as asWorkspace } from '../../platform/ids';
import { collectionOf, objectId } from '../../platform/mongo';
import type { Reply } from '../domain/reply';
import type { ReplyFileStatus } from '../domain/reply-file';
import { type ClaimedFiles, ReplyFiles } from '../domain/reply-files';
import { toReply } from './mongo-replies';
import type { ReplyDocument } from './reply.schema';

export const REPLY_MEDIA = 'replyMedia';
/**
 * Names of files in the store say how far they are, since GridFS has an index on name and date of its own:
 * one that is not finished belongs to nobody.
 */
const [UNFINISHED, FINISHED] = ['unfinished', 'kept'];

interface StoredFile {
  _id: ObjectId;
  filename: string;
  uploadDate: Date;
  metadata: { workspaceId: string; replyId: ObjectId };
}

type Query = Filter<ReplyDocument>;

/** Those that the index has. */
const WAITING = { $gt: new Date(0) };

/** Files of replies, in GridFS. */
@Injectable()
export class MongoReplyFiles extends ReplyFiles {
  private readonly replies: Collection<ReplyDocument>;

  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel('Reply') model: Model<ReplyDocument>,
    private readonly changeTimes: ChangeTimes,
  ) {
    super();
    this.replies = collectionOf(model);
  }

  async claim(now: Date, until: Date): Promise<ClaimedFiles | null> {
    const update = { $set: { filesDueAt: until }, $inc: { filesTries: 1 } };
    const options = { sort: { filesDueAt: 1 }, returnDocument: 'after' } as const;
    const found = await this.replies.findOneAndUpdate({ filesDueAt: { ...WAITING, $lte: now } }, update, options);
    return found && { reply: toReply(found), tries: found.filesTries! };
  }

  async nextAt(): Promise<Date | null> {
    const query = { filesDueAt: WAITING };
    const next = await this.replies.findOne(query, { sort: { filesDueAt: 1 }, projection: { filesDueAt: 1 } });
    return next?.filesDueAt ?? null;
  }

  async keep(reply: Reply, fileId: string, { bytes, type }: { bytes: Uint8Array; type: string | null }): Promise<boolean> {
    const id = objectId(fileId);
    // What a worker has left that died meanwhile.
    await this.remove([id]);
    const metadata = { workspaceId: reply.workspaceId, replyId: objectId(reply.id) };
    const upload = this.bucket.openUploadStreamWithId(id, UNFINISHED, { metadata });
    await pipeline([bytes], upload);
    const isWanted = await this.change(reply, fileId, { status: 'kept', size: bytes.length, ...(type && { type }) });
    if (isWanted) await this.files.updateOne({ _id: id }, { $set: { filename: FINISHED } });
    else await this.remove([id]);
    return isWanted;
  }

  async giveUp(reply: Reply, fileId: string, detail: string): Promise<void> {
    await this.change(reply, fileId, { status: 'unavailable', detail });
  }

  async putOff({ id, workspaceId }: Reply, at: Date | null): Promise<void> {
    const query = { _id: objectId(id), workspaceId, filesDueAt: WAITING };
    await this.replies.updateOne(query, at ? { $set: { filesDueAt: at } } : { $unset: { filesDueAt: '', filesTries: '' } });
  }

  read(fileId: string): Readable {
    return this.bucket.openDownloadStream(objectId(fileId));
  }

  async removeOlderThan(before: Date, limit: number): Promise<number> {
    const old = await this.storedBefore(FINISHED, before, limit);
    for (const { _id, metadata } of old) {
      const { workspaceId, replyId } = metadata;
      const updatedAt = await this.changeTimes.now(asWorkspace(workspaceId));
      const query = { _id: replyId, workspaceId, 'files.id': _id } as Query;
      await this.replies.updateOne(query, { $set: { 'files.$[file].status': 'deleted', updatedAt } }, only(_id));
    }
    await this.remove(old.map(({ _id }) => _id));
    return old.length;
  }

  async removeUnfinished(before: Date, limit: number): Promise<number> {
    const left = await this.storedBefore(UNFINISHED, before, limit);
    for (const { _id, metadata } of left) {
      // Its worker died between the two writes.
      const { workspaceId, replyId } = metadata;
      const query = { _id: replyId, workspaceId, files: { $elemMatch: { id: _id, status: 'kept' } } } as Query;
      const isKept = (await this.replies.countDocuments(query, { limit: 1 })) > 0;
      if (isKept) await this.files.updateOne({ _id }, { $set: { filename: FINISHED } });
      else await this.remove([_id]);
    }
    return left.length;
  }

  /** Removes what is kept of files; those that are not there are passed over. */
  async remove(ids: readonly ObjectId[]): Promise<void> {
    if (ids.length === 0) return;
    // Not the bucket's own delete, which throws where the upload was never finished, and leaves its parts.
    await this.files.deleteMany({ _id: { $in: [...ids] } });
    await this.connection.db!.collection(`${REPLY_MEDIA}.chunks`).deleteMany({ files_id: { $in: [...ids] } });
  }

  private async change(
    { id, workspaceId }: Reply,
    fileId: string,
    change: { status: ReplyFileStatus; detail?: string; size?: number; type?: string },
  ): Promise<boolean> {
    const isWaiting = { $elemMatch: { id: objectId(fileId), status: 'waiting' } };
    const query = { _id: objectId(id), workspaceId, files: isWaiting } as Query;
    const fields = Object.fromEntries(Object.entries(change).map(([name, value]) => [`files.$[file].${name}`, value]));
    const updatedAt = await this.changeTimes.now(workspaceId);
    const written = await this.replies.updateOne(query, { $set: { ...fields, updatedAt } }, only(objectId(fileId)));
    return written.modifiedCount > 0;
  }

  private storedBefore(filename: string, before: Date, limit: number): Promise<StoredFile[]> {
    return this.files.find({ filename, uploadDate: { $lt: before } }, { sort: { uploadDate: 1 }, limit }).toArray();
  }

  private get files(): Collection<StoredFile> {
    return this.connection.db!.collection(`${REPLY_MEDIA}.files`) as unknown as Collection<StoredFile>;
  }

  private get bucket(): GridFSBucket {
    return new GridFSBucket(this.connection.db as never, { bucketName: REPLY_MEDIA, writeConcern: { w: 'majority' } });
  }
}

/** Of the files of a reply, the one that `$[file]` means. */
const only = (id: ObjectId) => ({ arrayFilters: [{ 'file.id': id }] });

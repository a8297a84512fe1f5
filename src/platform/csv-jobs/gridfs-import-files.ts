import { createHash } from 'node:crypto';
import { PassThrough, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { InjectConnection, InjectModel } from '@nestjs/mongoose';
import { type Binary, ObjectId } from 'bson';
import { type Collection, GridFSBucket } from 'mongodb';
import type { Connection, Model } from 'mongoose';
import { EncodingSniffer, type TurnedEncoding, turnIntoUtf8 } from '#libs/spreadsheet-csv';
import { Clock } from '../clock';
import { type WorkspaceId, workspaceId } from '../ids';
import { collectionOf, hex, objectId, type Transaction, within } from '../mongo';
import type { ImportFileDocument } from './csv-jobs.schema';
import { MAX_RECORD_BYTES } from './csv-limits';
import { ImportFiles, type StoredFile } from './import-files';

/** Enough for any header and the rows of a preview. */
const START_BYTES = 2 * MAX_RECORD_BYTES;
const CHUNK_BYTES = 256 * 1024;
/** Files that a sweep asks for at once. */
const SWEEP_BATCH_SIZE = 100;

/** Files in GridFS: they outlive the API process that took them in, and every worker reads them. */
@Injectable()
export class GridFsImportFiles extends ImportFiles {
  private readonly files: Collection<ImportFileDocument>;

  constructor(
    @InjectConnection() private readonly connection: Connection,
    @InjectModel('ImportFile') model: Model<ImportFileDocument>,
    private readonly clock: Clock,
  ) {
    super();
    this.files = collectionOf(model);
  }

  async store(workspace: WorkspaceId, bytes: Readable): Promise<StoredFile> {
    const id = new ObjectId();
    // First, so that a file that is never finished is found and swept away.
    await this.files.insertOne({ _id: id, workspaceId: workspace, importId: null, createdAt: this.clock.now() });
    try {
      const hash = createHash('sha256');
      const sniffer = new EncodingSniffer();
      const first = await firstOf(bytes);
      sniffer.take(first);
      hash.update(first);
      const looking = new Transform({
        transform: (chunk: Buffer, _encoding, done) => {
          hash.update(chunk);
          sniffer.take(chunk);
          done(null, chunk);
        },
      });
      const start: Buffer[] = [];
      let size = 0;
      const counting = new Transform({
        transform: (chunk: Buffer, _encoding, done) => {
          if (size < START_BYTES) start.push(chunk.subarray(0, START_BYTES - size));
          size += chunk.length;
          done(null, chunk);
        },
      });
      const decoding = sniffer.turnedFrom ? turnIntoUtf8(sniffer.turnedFrom) : new PassThrough();
      decoding.write(first);
      const upload = this.bucket.openUploadStreamWithId(id, 'import.csv', { chunkSizeBytes: CHUNK_BYTES });
      await pipeline(bytes, looking, decoding, counting, upload);
      await this.files.updateOne({ _id: id }, { $set: { size } });
      return {
        fileId: hex(id),
        size,
        found: sniffer.found(),
        digest: hash.digest('base64url'),
        start: Buffer.concat(start),
      };
    } catch (error) {
      await this.delete(hex(id)).catch(() => undefined);
      throw error;
    }
  }

  async kept(workspace: WorkspaceId, most: number): Promise<{ files: number; bytes: number }> {
    const found = await this.files.find({ workspaceId: workspace }).project<{ size?: number }>({ size: 1 }).limit(most).toArray();
    return { files: found.length, bytes: found.reduce((sum, { size = 0 }) => sum + size, 0) };
  }

  async turn(workspace: WorkspaceId, { fileId, size, found, digest }: StoredFile, from: TurnedEncoding): Promise<StoredFile> {
    const bytes = this.read(fileId, 0, size);
    const turned = await this.store(
      workspace,
      bytes.pipe(turnIntoUtf8(from)).on('close', () => bytes.destroy()),
    );
    await this.delete(fileId);
    return { ...turned, found, digest };
  }

  read(fileId: string, offset: number, size: number): Readable {
    const id = objectId(fileId);
    const chunks = this.connection.db!.collection<{ files_id: ObjectId; n: number; data: Binary }>('imports.chunks');
    // One by one: the bucket's own stream asks for sixteen megabytes at a time, of which a chunk of rows
    // needs a hundredth.
    async function* parts(): AsyncGenerator<Buffer> {
      let skip = offset % CHUNK_BYTES;
      for (let n = Math.floor(offset / CHUNK_BYTES); n * CHUNK_BYTES < size; n += 1) {
        const chunk = await chunks.findOne({ files_id: id, n }, { projection: { data: 1 } });
        if (!chunk) throw new Error(`The uploaded file has no part ${n} any more`);
        yield Buffer.from(chunk.data.value()).subarray(skip);
        skip = 0;
      }
    }
    return Readable.from(parts(), { objectMode: false });
  }

  async delete(fileId: string): Promise<void> {
    const id = objectId(fileId);
    // Not the bucket's own delete, which throws where the upload was never finished, and leaves its parts.
    await this.connection.db!.collection('imports.files').deleteOne({ _id: id });
    await this.connection.db!.collection('imports.chunks').deleteMany({ files_id: id });
    await this.files.deleteOne({ _id: id });
  }

  async belongsTo(fileId: string, importId: string, transaction: Transaction): Promise<void> {
    await this.files.updateOne({ _id: objectId(fileId) }, { $set: { importId } }, within(transaction));
  }

  async *olderThan(before: Date): AsyncGenerator<{ fileId: string; workspaceId: WorkspaceId; importId: string | null }> {
    const found = this.files.find({ createdAt: { $lt: before } }, { batchSize: SWEEP_BATCH_SIZE, sort: { createdAt: 1 } });
    for await (const { _id, workspaceId: workspace, importId } of found) {
      yield { fileId: hex(_id), workspaceId: workspaceId(workspace), importId };
    }
  }

  private get bucket(): GridFSBucket {
    return new GridFSBucket(this.connection.db as never, { bucketName: 'imports', writeConcern: { w: 'majority' } });
  }
}

/** At least the four bytes that show the encoding, where there are four; nothing of the stream is lost. */
async function firstOf(bytes: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  while (length < 4) {
    const chunk = (bytes.read() as Buffer | null) ?? (await nextOf(bytes));
    if (!chunk) break;
    parts.push(chunk);
    length += chunk.length;
  }
  return Buffer.concat(parts);
}

function nextOf(bytes: Readable): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    // Nothing is told any more of what is over already.
    if (bytes.errored) return reject(bytes.errored);
    if (bytes.destroyed || bytes.readableEnded) return resolve(null);
    const done = (chunk: Buffer | null, error?: Error) => {
      bytes.off('readable', readable).off('end', ended).off('error', failed).off('close', ended);
      if (error) reject(error);
      else resolve(chunk);
    };
    const readable = () => {
      const chunk = bytes.read() as Buffer | null;
      if (chunk) done(chunk);
    };
    const ended = () => done(null);
    const failed = (error: Error) => done(null, error);
    bytes.on('readable', readable).on('end', ended).on('error', failed).on('close', ended);
  });
}

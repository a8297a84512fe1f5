import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import { BackgroundJobs } from '../background';
import type { WorkspaceId } from '../ids';
import { collectionOf, hex } from '../mongo';
import type { ImportFileDocument, RejectedRowsDocument } from './csv-jobs.schema';
import { ImportFiles, type RejectedRow } from './import-files';
import { ImportTraces } from './import-traces';
import { isAbout, type Traits } from './is-about';

const ERASED_ROW = 'The row was about somebody who was erased';

@Injectable()
export class MongoImportTraces extends ImportTraces {
  private readonly files: Collection<ImportFileDocument>;
  private readonly rejected: Collection<RejectedRowsDocument>;

  constructor(
    @InjectModel('ImportFile') files: Model<ImportFileDocument>,
    @InjectModel('RejectedRows') rejected: Model<RejectedRowsDocument>,
    private readonly importFiles: ImportFiles,
    private readonly backgroundJobs: BackgroundJobs,
  ) {
    super();
    this.files = collectionOf(files);
    this.rejected = collectionOf(rejected);
  }

  async isAnyOpen(workspaceId: WorkspaceId, before: Date): Promise<boolean> {
    for (const { importId } of await this.files.find({ workspaceId, createdAt: { $lte: before } }).toArray()) {
      // A file without an import is still being taken in, or broke off, and is swept away soon.
      if (importId === null || (await this.backgroundJobs.isUnfinished(workspaceId, importId))) return true;
    }
    return false;
  }

  async deleteLeftovers(workspaceId: WorkspaceId): Promise<void> {
    for (const { _id, importId } of await this.files.find({ workspaceId }).toArray()) {
      if (importId !== null && !(await this.backgroundJobs.isUnfinished(workspaceId, importId)))
        await this.importFiles.delete(hex(_id));
    }
  }

  async *rejectedOf(workspaceId: WorkspaceId, who: Traits): AsyncGenerator<RejectedRow> {
    for await (const { rows } of this.rejected.find({ workspaceId }, { batchSize: 4 })) {
      yield* rows.filter(({ cells }) => isAbout(cells, who));
    }
  }

  async blankRejected(workspaceId: WorkspaceId, who: Traits): Promise<void> {
    for await (const { _id, rows } of this.rejected.find({ workspaceId }, { batchSize: 4 })) {
      if (!rows.some(({ cells }) => isAbout(cells, who))) continue;
      const rest = rows.map((row) => (isAbout(row.cells, who) ? blank(row) : row));
      await this.rejected.updateOne({ _id }, { $set: { rows: rest } });
    }
  }
}

const blank = ({ row, line, cells }: RejectedRow): RejectedRow => ({ row, line, cells: cells.map(() => ''), reason: ERASED_ROW });

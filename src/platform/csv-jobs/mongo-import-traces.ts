import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import { BackgroundJobs } from '../background';
import type { WorkspaceId } from '../ids';
import { collectionOf, hex } from '../mongo';
import type { ImportFileDocument, ReportDocument } from './csv-jobs.schema';
import { ImportFiles } from './import-files';
import type { ImportWarning, RejectedRow } from './import-reports';
import { ImportTraces } from './import-traces';
import { isAbout, type Traits } from './is-about';

const ERASED_ROW = 'The row was about somebody who was erased';

@Injectable()
export class MongoImportTraces extends ImportTraces {
  private readonly files: Collection<ImportFileDocument>;
  private readonly rejected: Collection<ReportDocument<RejectedRow>>;
  private readonly warnings: Collection<ReportDocument<ImportWarning>>;

  constructor(
    @InjectModel('ImportFile') files: Model<ImportFileDocument>,
    @InjectModel('RejectedRows') rejected: Model<ReportDocument<RejectedRow>>,
    @InjectModel('ImportWarnings') warnings: Model<ReportDocument<ImportWarning>>,
    private readonly importFiles: ImportFiles,
    private readonly backgroundJobs: BackgroundJobs,
  ) {
    super();
    this.files = collectionOf(files);
    this.rejected = collectionOf(rejected);
    this.warnings = collectionOf(warnings);
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

  rejectedOf(workspaceId: WorkspaceId, who: Traits): AsyncIterable<RejectedRow> {
    return rowsAbout(this.rejected, workspaceId, ({ cells }) => isAbout(cells, who));
  }

  warningsOf(workspaceId: WorkspaceId, who: Traits): AsyncIterable<ImportWarning> {
    return rowsAbout(this.warnings, workspaceId, (warning) => isAbout(textsOf(warning), who));
  }

  async blank(workspaceId: WorkspaceId, who: Traits): Promise<void> {
    await change(this.rejected, workspaceId, (row) => (isAbout(row.cells, who) ? blankRow(row) : row));
    await change(this.warnings, workspaceId, (warning) => (isAbout(textsOf(warning), who) ? blankWarning(warning) : warning));
  }
}

const textsOf = ({ text, about }: ImportWarning): string[] => [text, ...about];

async function* rowsAbout<Row>(
  collection: Collection<ReportDocument<Row>>,
  workspaceId: WorkspaceId,
  isTheirs: (row: Row) => boolean,
): AsyncGenerator<Row> {
  const found = collection.find({ workspaceId } as never, { batchSize: 4 });
  for await (const { rows } of found) yield* rows.filter(isTheirs);
}

/** Replaces rows, where `changed` gives others. */
async function change<Row>(
  collection: Collection<ReportDocument<Row>>,
  workspaceId: WorkspaceId,
  changed: (row: Row) => Row,
): Promise<void> {
  for await (const { _id, rows } of collection.find({ workspaceId } as never, { batchSize: 4 })) {
    const rest = rows.map(changed);
    if (rest.some((row, index) => row !== rows[index])) await collection.updateOne({ _id }, { $set: { rows: rest } });
  }
}

const blankRow = ({ row, line, cells }: RejectedRow): RejectedRow => ({
  row,
  line,
  cells: cells.map(() => ''),
  reason: ERASED_ROW,
});
const blankWarning = ({ row, line, field }: ImportWarning): ImportWarning => ({
  ...{ row, line, field },
  ...{ message: ERASED_ROW, text: '', about: [] },
});

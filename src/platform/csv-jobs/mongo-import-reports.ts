import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { ObjectId } from 'bson';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import type { WorkspaceId } from '../ids';
import { collectionOf, objectId, type Transaction, within } from '../mongo';
import type { ReportDocument } from './csv-jobs.schema';
import { ImportReports, type ReportRows, type RowPlace } from './import-reports';

/** Far under the 16 MB that a document may have, also where every character needs three bytes. */
const CHARACTERS_A_DOCUMENT = 2_000_000;
/** Documents that are removed at once; one may have two megabytes. */
const REMOVED_BATCH_SIZE = 50;
/** What a row takes besides its texts, in characters. */
const ROW_CHARACTERS = 100;

@Injectable()
export class MongoImportReports extends ImportReports {
  private readonly collections: { [K in keyof ReportRows]: Collection<ReportDocument<ReportRows[K][number]>> };

  constructor(
    @InjectModel('RejectedRows') rejected: Model<ReportDocument<ReportRows['rejected'][number]>>,
    @InjectModel('ImportWarnings') warnings: Model<ReportDocument<ReportRows['warnings'][number]>>,
    @InjectModel('ImportDuplicates') duplicates: Model<ReportDocument<ReportRows['duplicates'][number]>>,
  ) {
    super();
    this.collections = {
      rejected: collectionOf(rejected),
      warnings: collectionOf(warnings),
      duplicates: collectionOf(duplicates),
    };
  }

  async add(
    workspaceId: WorkspaceId,
    { importId, now, ...rows }: ReportRows & { importId: string; now: Date },
    transaction: Transaction,
  ): Promise<void> {
    const common = { workspaceId, importId: objectId(importId), createdAt: now };
    for (const kind of Object.keys(this.collections) as (keyof ReportRows)[]) {
      const documents = documentsOf<RowPlace>(rows[kind]).map((document) => ({ _id: new ObjectId(), ...common, ...document }));
      const collection = this.collections[kind] as unknown as Collection<ReportDocument<RowPlace>>;
      if (documents.length > 0) await collection.insertMany(documents, within(transaction));
    }
  }

  async *of<K extends keyof ReportRows>(
    kind: K,
    workspaceId: WorkspaceId,
    importId: string,
  ): AsyncIterable<ReportRows[K][number]> {
    const found = this.collections[kind].find({ importId: objectId(importId), workspaceId }, { sort: { from: 1 }, batchSize: 4 });
    for await (const { rows } of found) yield* rows;
  }

  async removeOlderThan(before: Date): Promise<void> {
    for (const collection of Object.values(this.collections)) {
      const reports = collection as unknown as Collection<ReportDocument<RowPlace>>;
      while ((await removeBatch(reports, before)) === REMOVED_BATCH_SIZE);
    }
  }
}

/** The oldest first, by the index that removes what is older than the longest setting. */
async function removeBatch(collection: Collection<ReportDocument<RowPlace>>, before: Date): Promise<number> {
  const query = { createdAt: { $lt: before } };
  const options = { projection: { _id: 1 }, sort: { createdAt: 1 }, limit: REMOVED_BATCH_SIZE } as const;
  const ids = (await collection.find(query, options).toArray()).map(({ _id }) => _id);
  if (ids.length > 0) await collection.deleteMany({ _id: { $in: ids } });
  return ids.length;
}

/** As many documents as it takes; the rows of one may come from several calls. */
function documentsOf<R extends RowPlace>(rows: readonly R[]): Pick<ReportDocument<R>, 'from' | 'rows'>[] {
  const documents: Pick<ReportDocument<R>, 'from' | 'rows'>[] = [];
  let characters = Infinity;
  for (const row of rows) {
    const length = charactersOf(row);
    if (characters + length > CHARACTERS_A_DOCUMENT) {
      documents.push({ from: row.row, rows: [] });
      characters = 0;
    }
    documents.at(-1)!.rows.push(row);
    characters += length;
  }
  return documents;
}

const charactersOf = (row: RowPlace): number =>
  Object.values(row)
    .flat()
    .reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), ROW_CHARACTERS);

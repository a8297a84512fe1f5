import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { ObjectId } from 'bson';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import type { WorkspaceId } from '../ids';
import { collectionOf, objectId, type Transaction, within } from '../mongo';
import type { RejectedRowsDocument } from './csv-jobs.schema';
import { type RejectedRow, RejectedRows } from './import-files';

/** Far under the 16 MB that a document may have, also where every character needs three bytes. */
const CHARACTERS_A_DOCUMENT = 2_000_000;

@Injectable()
export class MongoRejectedRows extends RejectedRows {
  private readonly rejected: Collection<RejectedRowsDocument>;

  constructor(@InjectModel('RejectedRows') model: Model<RejectedRowsDocument>) {
    super();
    this.rejected = collectionOf(model);
  }

  async add(
    workspaceId: WorkspaceId,
    { importId, rows, now }: { importId: string; rows: readonly RejectedRow[]; now: Date },
    transaction: Transaction,
  ): Promise<void> {
    const documents: RejectedRowsDocument[] = [];
    let characters = 0;
    for (const row of rows) {
      const length = row.cells.reduce((sum, cell) => sum + cell.length, 0);
      if (documents.length === 0 || characters + length > CHARACTERS_A_DOCUMENT) {
        documents.push({
          _id: new ObjectId(),
          workspaceId,
          importId: objectId(importId),
          from: row.row,
          rows: [],
          createdAt: now,
        });
        characters = 0;
      }
      documents.at(-1)!.rows.push(row);
      characters += length;
    }
    if (documents.length > 0) await this.rejected.insertMany(documents, within(transaction));
  }

  async *of(workspaceId: WorkspaceId, importId: string): AsyncIterable<RejectedRow> {
    const found = this.rejected.find({ importId: objectId(importId), workspaceId }, { sort: { from: 1 }, batchSize: 4 });
    for await (const { rows } of found) yield* rows;
  }
}

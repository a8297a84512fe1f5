import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import type { WorkspaceId } from '../ids';
import { collectionOf, isDuplicateKey } from '../mongo';
import type { ImportTurnDocument } from './csv-jobs.schema';
import { ImportTurns } from './import-files';

@Injectable()
export class MongoImportTurns extends ImportTurns {
  private readonly turns: Collection<ImportTurnDocument>;

  constructor(@InjectModel('ImportTurn') model: Model<ImportTurnDocument>) {
    super();
    this.turns = collectionOf(model);
  }

  async take(
    workspaceId: WorkspaceId,
    importId: string,
    atMost: number,
    isOver: (importId: string) => Promise<boolean>,
  ): Promise<boolean> {
    const ids = Array.from({ length: atMost }, (_, index) => `${workspaceId} ${index}`);
    const held = await this.turns.find({ _id: { $in: ids } }).toArray();
    if (held.some((turn) => turn.importId === importId)) return true;
    for (const _id of ids) {
      const holder = held.find((turn) => turn._id === _id);
      if (!holder && (await this.tryFirst(_id, importId))) return true;
      if (holder && (await isOver(holder.importId))) {
        const { modifiedCount } = await this.turns.updateOne({ _id, importId: holder.importId }, { $set: { importId } });
        if (modifiedCount > 0) return true;
      }
    }
    return false;
  }

  private async tryFirst(_id: string, importId: string): Promise<boolean> {
    try {
      await this.turns.insertOne({ _id, importId });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }
}

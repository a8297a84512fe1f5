import type { Collection, Document } from 'mongodb';
import type { Model } from 'mongoose';

/**
 * The driver's own collection behind a Model, typed. The write paths use it: Mongoose's `insertMany` costs
 * ten times as much, and casting is not needed where the repository makes the documents. The connection is
 * there before any Model is handed out.
 */
export const collectionOf = <T extends object>(model: Model<T>): Collection<T & Document> =>
  model.db.db!.collection(model.collection.collectionName) as unknown as Collection<T & Document>;

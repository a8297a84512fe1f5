import type { Collection, Document } from 'mongodb';
import type { Model } from 'mongoose';

/**
 * The driver's collection behind a Model, typed. The write paths use it: Mongoose's own `insertMany` costs ten times as much, and casting
 * is not needed where the repository makes the documents.
 */
export const collectionOf = <T extends object>(model: Model<T>): Collection<T & Document> =>
  model.collection as unknown as Collection<T & Document>;

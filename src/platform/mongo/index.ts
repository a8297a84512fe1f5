export { MongoModule } from './mongo.module';
export * from './object-ids';
export * from './transactions';
export { collectionOf } from './collection-of';

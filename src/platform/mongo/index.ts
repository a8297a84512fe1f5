export { MongoModule } from './mongo.module';
export { StoreClock } from './store-clock';
export * from './object-ids';
export * from './transactions';
export { collectionOf } from './collection-of';
export { callMemory, type CallMemory } from './call-memory';

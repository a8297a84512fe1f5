export { MongoModule } from './mongo.module';
export { endWaitsForLostSockets } from './lost-sockets';
export { StoreClock } from './store-clock';
export * from './object-ids';
export { Transaction } from './transaction';
export * from './transactions';
export * from './single-commands';
export { collectionOf } from './collection-of';
export { callMemory, type CallMemory } from './call-memory';

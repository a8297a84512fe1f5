export { BATCH } from './domain/batch';
export * from './domain';
export { batchDocument } from './application/batch-document';
export { AvailabilityModule } from './availability.module';

export * from './domain';
export { SuppressionChecks } from './application/suppression-checks';
export { SuppressionWrites } from './application/suppression-writes';
export { SuppressionsModule } from './suppressions.module';

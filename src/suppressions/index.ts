export * from './domain';
export { OptOuts } from './application/opt-outs';
export { SuppressionChecks } from './application/suppression-checks';
export { SuppressionWrites } from './application/suppression-writes';
export { UnsubscribeLinks } from './application/unsubscribe-links';
export { Suppressions } from './domain/suppressions.repository';
export { SuppressionsModule } from './suppressions.module';

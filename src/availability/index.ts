export * from './domain';
export { AvailabilityModule } from './availability.module';

export { AvailabilityModule } from './availability.module';

export { DomainEvents } from './domain-events';
export { EventsModule } from './events.module';

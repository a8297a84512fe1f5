export { EVENT_TYPES, type EventType, type NewEvent } from './event';

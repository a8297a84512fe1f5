export type { PageOf, Place } from './place';

export type { Page, PageRequest } from './page';

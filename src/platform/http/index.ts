export * from './correlation';
export { ErrorFilter } from './error-filter';
export * from './paging';
export * from './validation';

export { bodyDigestOf, digestBody } from './body-digest';
export * from './correlation';
export { ErrorFilter } from './error-filter';
export * from './paging';
export { refuseUnreadable } from './unreadable';
export * from './validation';

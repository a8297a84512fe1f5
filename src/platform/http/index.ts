export { bodyDigestOf, digestBody, isUpload } from './body-digest';
export * from './correlation';
export { ErrorFilter } from './error-filter';
export * from './paging';
export { limitTime, refuseUnreadable } from './client-errors';
export * from './validation';

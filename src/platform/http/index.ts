export { BodyLimit, limitBodies } from './body-limits';
export { bodyDigestOf, digestBody } from './body-digest';
export * from './correlation';
export { ignoreBody, IgnoresBody } from './ignored-bodies';
export { ErrorFilter } from './error-filter';
export * from '../paging/paging-query';
export { limitTime, refuseUnreadable } from './client-errors';
export * from './validation';
export { isUpload, TakesUploads, takesUploads } from './uploads';

// What domains know of paging. Controllers take the query from platform/http, adapters `pageById` from
// platform/mongo: a framework stands behind those.
export { MAX_PAGE_BYTES } from './page';
export type { Page, PageOfChanges, PageRequest } from './page';

// What domains know of paging. Controllers take the query from platform/http, adapters `pageById` from
// platform/mongo: a framework stands behind those.
export type { Page, PageOfChanges, PageRequest } from './page';

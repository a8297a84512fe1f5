import type { Collection, Filter } from 'mongodb';
import { objectId } from '../../../platform/mongo';
import type { PageRequest } from '../../../platform/paging';
import type { LeadDocument } from '../lead.schema';

export type Query = Filter<LeadDocument>;

/** A page of a search. */
export interface SearchRequest {
  leads: Collection<LeadDocument>;
  workspaceId: string;
  /** All that is asked for but the words, the workspace among it. */
  filter: Query;
  /** Does the filter name a list? */
  inList: boolean;
  /** The rarest first, as far as their counts are exact. */
  words: readonly Query[];
  pageRequest: PageRequest;
  /** So many hits come before the page, behind its pageRequest. */
  skip: number;
  /** So many hits, those before the page included, are the page and one more. */
  end: number;
}

/**
 * What a query that finds the page gives of each lead: all of it, or its id where others come before the page
 * or have to be sorted.
 */
export interface Hits {
  hits: LeadDocument[];
  isWhole: boolean;
}

export const projection = (isWhole: boolean) => (isWhole ? {} : { projection: { _id: 1 } as const });

/** The index by token, and in it by id. */
export const BY_TOKEN = { workspaceId: 1, search: 1, _id: 1 };

export const and = (...conditions: object[]): Query => ({ $and: conditions });

/** What comes after the cursor. */
export const afterCursor = (pageRequest: PageRequest): object[] =>
  'cursor' in pageRequest && pageRequest.cursor ? [{ _id: { $lt: objectId(pageRequest.cursor) } }] : [];

export const queryOf = ({ filter, words, pageRequest }: SearchRequest, ...more: object[]): Query =>
  and(filter, ...words, ...afterCursor(pageRequest), ...more);

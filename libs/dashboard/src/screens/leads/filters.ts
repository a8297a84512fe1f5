import type { operations } from '@tuco/client';

/** What stands in the URL of the table of leads. */
export interface LeadSearch {
  q?: string;
  list?: string;
  availability?: string;
  suppressed?: string;
  field?: string;
}

type Query = NonNullable<operations['countLeads']['parameters']['query']>;

/** The same as the API takes it. */
export function queryOf({ q, list, availability, suppressed, field }: LeadSearch): Query {
  return {
    ...(q && { search: q }),
    ...(list && { listId: list }),
    ...(availability && { availabilityStatus: availability as Query['availabilityStatus'] }),
    ...(suppressed && { suppressed: suppressed === 'true' }),
    // A half-typed "key:" finds nothing, and is not asked.
    ...(field && /^[^:]+:.+/.test(field) && { customField: field }),
  };
}

import type { operations } from '@tuco/client';
import type { ViewState } from '../../parts/saved-views';

/** What stands in the URL of the table of leads. */
export interface LeadSearch {
  q?: string;
  list?: string;
  availability?: string;
  suppressed?: string;
  field?: string;
  /** The columns that are shown, where they are not those that are shown at first: `companyName,phone`. */
  columns?: string;
  /** The saved view that was opened. */
  view?: string;
}

/** What of it a view keeps. */
export function stateOf({ columns, view: _, ...filters }: LeadSearch): ViewState {
  return { filters: filters, columns: columns === undefined ? null : columns.split(',') };
}

/** The other way round. */
export const searchOf = ({ filters, columns }: ViewState, view: string | undefined): LeadSearch => ({
  ...filters,
  ...(columns && { columns: columns.join(',') }),
  ...(view && { view }),
});

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

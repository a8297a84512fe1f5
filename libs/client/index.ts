import createFetchClient, { type Client } from 'openapi-fetch';
import type { paths } from './api';
import { type CallOptions, repeatingFetch } from './retries';

export type { components, operations, paths } from './api';
export { type ErrorDetail, TucoError } from './errors';
export type { CallOptions } from './retries';
export { NotFromTuco, type Verification, verifyWebhook, type WebhookCall, type WebhookEvent } from './webhooks';

/** Where the API is, and who calls it. */
export interface ClientOptions extends CallOptions {
  /** Such as `https://api.example.com`, without `/api`. */
  baseUrl: string;
  /** A workspace key (`tuco_sk_…`), or what gives a session token for each call. */
  key: string | (() => string | Promise<string>);
}

/** `GET`, `POST`, `PATCH` and `DELETE` by path, with the types of docs/openapi.json. */
export type TucoClient = Client<paths>;

/**
 * A client of the API. Every answer of 400 and more is thrown as a `TucoError`; calls are repeated as
 * `repeatingFetch` says.
 */
export function createTucoClient({ baseUrl, key, ...options }: ClientOptions): TucoClient {
  const repeat = repeatingFetch(options);
  return createFetchClient<paths>({
    baseUrl,
    fetch: async (request) => {
      request.headers.set('authorization', `Bearer ${typeof key === 'string' ? key : await key()}`);
      return repeat(request);
    },
  });
}

/** A page of a list that is read by cursor. */
type CursorPage<K extends string, T> = { [field in K]: T[] } & { pagination: unknown };

/**
 * All rows of a list, page by page, at a flat cost however many there are. Of the feed of events, those that
 * there are by now.
 * @param read reads the page at a cursor; the first one is `''`
 * @param field the name of the rows in the answer
 * @example rows((cursor) => tuco.GET('/api/leads', { params: { query: { cursor } } }), 'leads')
 */
export async function* rows<K extends string, T>(
  read: (cursor: string) => Promise<{ data?: Partial<CursorPage<K, T>> | Record<string, unknown> }>,
  field: K,
): AsyncGenerator<T> {
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = (await read(cursor)).data as CursorPage<K, T>;
    yield* page[field];
    const { nextCursor, hasMore } = page.pagination as { nextCursor?: string | null; hasMore?: boolean };
    // The feed of events always has a next cursor.
    cursor = hasMore === false ? null : (nextCursor ?? null);
  }
}

import { QueryClient } from '@tanstack/react-query';
import { type components, createTucoClient, TucoError } from '@tuco/client';
import { currentToken, signOut } from './session';

export type Schemas = components['schemas'];

/** A person waits for the answer: what takes longer is said, and tried again by them. */
const RETRIES = 2;

export const tuco = createTucoClient({ baseUrl: location.origin, key: currentToken, retries: RETRIES, longestWaitSeconds: 8 });

/** What a call answers with. Errors are thrown by the client; an ended session ends here too. */
export async function ask<T>(call: Promise<{ data?: T }>): Promise<T> {
  try {
    return (await call).data as T;
  } catch (error) {
    if (error instanceof TucoError && error.status === 401) signOut('Your session has ended.');
    throw error;
  }
}

/** What makes no event, such as a list, is read again this often while somebody looks at the page. */
export const REREAD_MS = 15_000;
/** First parts of query keys: what the event stream covers, and what does not change. */
const NOT_REREAD: ReadonlySet<unknown> = new Set(['leads', 'events', 'channels', 'reply-files']);

/** Tables of many pages are read by their own calls, and follow the events. */
const hasPages = (data: unknown): boolean => typeof data === 'object' && data !== null && 'pages' in data;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: false,
      staleTime: REREAD_MS,
      refetchOnWindowFocus: true,
      refetchInterval: ({ queryKey, state }) => (NOT_REREAD.has(queryKey[0]) || hasPages(state.data) ? false : REREAD_MS),
    },
  },
});

/** What went wrong, as a sentence for a person. */
export function messageOf(error: unknown): string {
  if (error instanceof TucoError) {
    if (error.code === 'NO_ANSWER') return 'The server does not answer. It is tried again as soon as it does.';
    const details = error.details.map(
      ({ field, message, index }) => `${index === undefined ? '' : `Row ${index + 1}: `}${field} ${message}`,
    );
    return [...new Set([error.message, ...details])].join('. ');
  }
  return error instanceof Error ? error.message : String(error);
}

/** What was wrong with each field, by its name. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof TucoError)) return {};
  return Object.fromEntries(error.details.map(({ field, message }) => [field, message]));
}

/** Gives a file to the browser to keep. */
export function download(name: string, contents: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(contents);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

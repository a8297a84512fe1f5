import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const HEADER = 'x-correlation-id';
const ACCEPTABLE = /^[\w.:/+=@-]{1,128}$/;
const storage = new AsyncLocalStorage<{ correlationId: string }>();

/** The id under which this request's traces are found; `undefined` outside a request. */
export const correlationId = (): string | undefined => storage.getStore()?.correlationId;

export const correlation = {
  header: HEADER,
  storage,
  /** The caller's id where it is a plain token of at most 128 characters, else a new one (`app_…`). */
  of(given: unknown): string {
    return correlation.isAcceptable(given) ? given : `app_${randomUUID()}`;
  },
  isAcceptable: (given: unknown): given is string => typeof given === 'string' && ACCEPTABLE.test(given),
};

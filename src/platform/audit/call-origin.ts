import { AsyncLocalStorage } from 'node:async_hooks';

/** Where a call comes from. */
export interface CallOrigin {
  /** `key:<id>` or `user:<id>`. */
  actor: string;
  /** The address of the caller. */
  address: string;
  correlationId: string;
}

/** The origin of the call that is running; nothing in what the product does by itself. */
export const callOrigin = new AsyncLocalStorage<CallOrigin>();

import type { Clock } from '../clock';
import type { PageOfChanges } from '../paging';
import { ChangesNotSettled } from './changes.errors';

/** How long a reader of changes waits for running calls to end. */
const MAX_SETTLE_WAIT_MS = 20_000;
const POLL_INTERVAL_MS = 100;

/**
 * A page of changes, as soon as there is one. A call that is running may still commit a change that is older
 * than those of this moment, and that the cursor would have passed.
 * @throws ChangesNotSettled when such a call runs for too long
 */
export async function settledPage<P extends PageOfChanges<unknown, unknown>>(clock: Clock, read: () => Promise<P>): Promise<P> {
  const giveUpAt = clock.now().getTime() + MAX_SETTLE_WAIT_MS;
  for (;;) {
    const page = await read();
    if (page.settled !== false || page.items.length > 0 || page.deleted?.length) return page;
    if (clock.now().getTime() >= giveUpAt) throw new ChangesNotSettled();
    await clock.sleep(POLL_INTERVAL_MS);
  }
}

import { NODATA, NOTFOUND, promises } from 'node:dns';
import { Injectable } from '@nestjs/common';

/** A name is looked up for so long at most, in milliseconds. */
const WITHIN_MS = 2_000;

/**
 * The TXT records at a name, each put together; none where the name has none or is not there, `null` where
 * that could not be found out.
 */
export type TxtLookup = (name: string) => Promise<string[] | null>;

/** Looks up TXT records at the name servers of the system. It never throws. */
@Injectable()
export class TxtRecords {
  private readonly resolver = new promises.Resolver({ timeout: WITHIN_MS, tries: 1 });

  /** Asks these name servers, `address:port`, in place of the system's. */
  useServers(servers: readonly string[]): void {
    this.resolver.setServers(servers);
  }

  readonly at: TxtLookup = async (name) => {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), WITHIN_MS)));
    const found = this.resolver.resolveTxt(name).then(
      (records) => records.map((parts) => parts.join('')),
      ({ code }: NodeJS.ErrnoException) => (code === NOTFOUND || code === NODATA ? [] : null),
    );
    try {
      // With several name servers, the time of each would count.
      return await Promise.race([found, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  };
}

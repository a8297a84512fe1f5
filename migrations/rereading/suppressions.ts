import type { Db, ObjectId } from 'mongodb';
import { identityOf, normalizeDomain } from '#libs/contact-methods';
import type { MigrationContext } from '../../src/platform/migrations';
import { domainKey } from '../../src/suppressions/domain/suppression';
import { reformed } from './address-form';
import { batchesOf, counted } from './batches';

const COLLECTIONS = ['suppressions', 'liftedSuppressions'] as const;
const PROJECTION = { workspaceId: 1, key: 1, address: 1, domain: 1 };
const DUPLICATE_KEY = 11_000;

interface StoredSuppression {
  _id: ObjectId;
  workspaceId: string;
  key: string;
  address: string | null;
  domain: string | null;
}

type Named = Pick<StoredSuppression, 'key' | 'address' | 'domain'>;

/**
 * A suppression with its address in the form of today; null when it has it already. An address that is not
 * usable any more stays, since nobody is to be allowed by a migration; of somebody who was erased only a hash
 * is there.
 */
export function rereadSuppression({ key, address, domain }: Named): Named | null {
  const next = { key, address, domain };
  if (address !== null) {
    next.address = reformed(address);
    next.key = identityOf(next.address);
  } else if (domain !== null) {
    next.domain = normalizeDomain(domain) ?? domain;
    next.key = domainKey(next.domain);
  }
  return next.key === key && next.address === address && next.domain === domain ? null : next;
}

export async function planSuppressions(db: Db): Promise<string[]> {
  const lines: string[] = [];
  for (const collection of COLLECTIONS) {
    let count = 0;
    for await (const batch of batchesOf<StoredSuppression>(db, { collection, projection: PROJECTION })) {
      count += batch.filter((one) => rereadSuppression(withNulls(one))).length;
    }
    if (count > 0) lines.push(`${counted(count)} of ${collection} get the form of today.`);
  }
  return lines;
}

export async function runSuppressions({ db, goOn, say }: MigrationContext): Promise<void> {
  for (const collection of COLLECTIONS) {
    const stored = db.collection<StoredSuppression>(collection);
    for await (const batch of batchesOf<StoredSuppression>(db, { collection, projection: PROJECTION })) {
      goOn();
      for (const one of batch) {
        const next = rereadSuppression(withNulls(one));
        if (!next) continue;
        const change = stored.updateOne({ _id: one._id, key: one.key }, { $set: next });
        await change.catch((error: unknown) => {
          if ((error as { code?: number }).code !== DUPLICATE_KEY) throw error;
          say(
            `Workspace ${one.workspaceId}: the suppression ${one._id.toHexString()} stays as it is, since another has its new form.`,
          );
        });
      }
    }
  }
}

/** Those of earlier versions lack what they have no value for. */
const withNulls = ({ key, address = null, domain = null }: StoredSuppression): Named => ({ key, address, domain });

import type { Collection, Filter } from 'mongodb';
import type { WorkspaceId } from '../../platform/ids';
import { compareBytes } from '../../platform/mongo';
import type { LeadDocument } from './lead.schema';

/**
 * The keys of custom fields. Reads one index entry a key: the next key is the least one after the last, in
 * the first lead of the rest of the index.
 */
export async function customKeysOf(leads: Collection<LeadDocument>, workspaceId: WorkspaceId, limit: number): Promise<string[]> {
  const keys: string[] = [];
  const hint = { workspaceId: 1, 'customFields.k': 1, 'customFields.v': 1 };
  for (let last = ''; keys.length < limit; last = keys.at(-1)!) {
    const filter = { workspaceId, customFields: { $elemMatch: { k: { $gt: last } } } } as Filter<LeadDocument>;
    const [next] = await leads.find(filter, { projection: { 'customFields.k': 1 }, limit: 1, hint }).toArray();
    if (!next) break;
    keys.push(
      next.customFields
        .map(({ k }) => k)
        .filter((key) => compareBytes(key, last) > 0)
        .sort(compareBytes)[0]!,
    );
  }
  return keys;
}

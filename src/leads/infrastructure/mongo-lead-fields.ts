import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import { withTimeout } from '../../platform/clock';
import type { WorkspaceId } from '../../platform/ids';
import { collectionOf, compareBytes, objectId } from '../../platform/mongo';
import { type FieldOfList, LeadFields } from '../domain/lead-fields';
import type { LeadDocument } from './lead.schema';

const BY_LIST = { workspaceId: 1, listIds: 1, _id: 1 };
const BY_CUSTOM_FIELD = { workspaceId: 1, 'customFields.k': 1, 'customFields.v': 1 };

@Injectable()
export class MongoLeadFields extends LeadFields {
  private readonly leads: Collection<LeadDocument>;

  constructor(@InjectModel('Lead') model: Model<LeadDocument>) {
    super();
    this.leads = collectionOf(model);
  }

  async isUsed(workspaceId: WorkspaceId, { listId, key, isCustom }: FieldOfList, withinMs: number): Promise<boolean | null> {
    const value = isCustom ? { customFields: { $elemMatch: { k: key, v: { $nin: [null, ''] } } } } : { [key]: { $gt: '' } };
    const filter = { workspaceId, ...value, listIds: objectId(listId) } as Filter<LeadDocument>;
    const hint = isCustom ? BY_CUSTOM_FIELD : BY_LIST;
    const found = this.leads.findOne(filter, { projection: { _id: 1 }, hint }).then((lead) => lead !== null);
    return withTimeout(found, withinMs, null);
  }

  async hasCustomKey(workspaceId: WorkspaceId, key: string): Promise<boolean> {
    const filter = { workspaceId, 'customFields.k': key } as Filter<LeadDocument>;
    return (await this.leads.findOne(filter, { projection: { _id: 1 }, hint: BY_CUSTOM_FIELD })) !== null;
  }

  /**
   * Reads one index entry a key: the next key is the least one after the last, in the first lead of the rest
   * of the index.
   */
  async customKeys(workspaceId: WorkspaceId, limit: number): Promise<string[]> {
    const keys: string[] = [];
    for (let last = ''; keys.length < limit; last = keys.at(-1)!) {
      const filter = { workspaceId, customFields: { $elemMatch: { k: { $gt: last } } } } as Filter<LeadDocument>;
      const [next] = await this.leads
        .find(filter, { projection: { 'customFields.k': 1 }, limit: 1, hint: BY_CUSTOM_FIELD })
        .toArray();
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
}

import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import { withTimeout } from '../../platform/clock';
import type { WorkspaceId } from '../../platform/ids';
import { collectionOf, objectId } from '../../platform/mongo';
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
}

import { ObjectId } from 'bson';
import type { Tenant, TestApp } from './test-app';

/** A lead as the store has it, as far as tests look at it. */
export interface StoredLead {
  _id: ObjectId;
  workspaceId: string;
  listId: ObjectId;
  firstName: string | null;
  phone: string | null;
  email: string | null;
  externalId: string | null;
  source: string | null;
  importId: string | null;
}

/** A tenant's lists, what their counts say, and what is really in them. */
export class ListDesk {
  constructor(
    private readonly test: TestApp,
    private readonly tenant: Tenant,
  ) {}

  async open(): Promise<string> {
    return (await this.tenant.post('/lists', { name: 'Leads' }).expect(201)).body._id as string;
  }

  async count(listId: string): Promise<number> {
    return (await this.tenant.get(`/lists/${listId}`).expect(200)).body.leadCount as number;
  }

  stored(listId: string): Promise<StoredLead[]> {
    const leads = this.test.connection.collection<StoredLead>('leads');
    return leads.find({ listIds: new ObjectId(listId) }).toArray();
  }
}

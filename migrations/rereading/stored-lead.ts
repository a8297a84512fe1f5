import type { ObjectId } from 'mongodb';
import type { Contacts, Lead } from '../../src/leads/domain/lead';

/** A lead as it is stored, with what decides here. */
export interface StoredLead
  extends Contacts, Pick<Lead, 'firstName' | 'lastName' | 'companyName' | 'original' | 'availableAddress' | 'updatedAt'> {
  _id: ObjectId;
  workspaceId: string;
  listIds: ObjectId[];
}

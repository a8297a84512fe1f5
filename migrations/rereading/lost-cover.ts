import { type Db, MongoBulkWriteError, ObjectId } from 'mongodb';
import { identityOf } from '#libs/contact-methods';
import { DEFAULT_SETTINGS, type WorkspaceSettings } from '../../src/auth/domain/workspace';
import { addressesOf } from '../../src/leads/domain/lead';
import { isOfThePerson, type SuppressionReason } from '../../src/suppressions/domain/suppression';
import type { Reread } from './lead-contacts';
import type { StoredLead } from './stored-lead';

const DUPLICATE_KEY = 11_000;

interface StoredSuppression {
  _id: ObjectId;
  workspaceId: string;
  key: string;
  address: string | null;
  domain: string | null;
  reason: SuppressionReason;
  leadIds?: ObjectId[];
  via?: ObjectId[];
  isOwn?: boolean;
  createdAt: Date;
}

interface StoredWorkspace {
  _id: string;
  settings?: Partial<WorkspaceSettings>;
}

/**
 * An opt-out covers a person's other addresses through the lead that holds them. Before a lead loses one,
 * what was covered through it is written down, as it is when a lead is changed by a call.
 */
export class LostCover {
  /** Which addresses too many leads hold, as it was before the first of them lost it. */
  private readonly shared = new Map<string, boolean>();

  constructor(private readonly db: Db) {}

  async writeDown(changing: readonly { lead: StoredLead; next: Reread }[]): Promise<void> {
    const suppressions = this.db.collection<StoredSuppression>('suppressions');
    for (const { lead, next } of changing) {
      const kept = addressesOf(next.contacts);
      if (next.dropped.length === 0 || kept.length === 0) continue;
      const key = { $in: next.dropped.map(identityOf) };
      for (const suppression of await suppressions.find({ workspaceId: lead.workspaceId, key }).toArray()) {
        if (!isOfThePerson(suppression) || !(await this.isOf(suppression, lead))) continue;
        const derived = kept.map((address) => derivedOf(suppression, address));
        await suppressions.insertMany(derived, { ordered: false }).catch(unlessThere);
      }
    }
  }

  /** Many leads with one address are many people, and it is nobody's own. */
  private async isOf({ address, leadIds = [] }: StoredSuppression, { _id, workspaceId }: StoredLead): Promise<boolean> {
    if (address === null) return false;
    if (leadIds.some((id) => id.equals(_id))) return true;
    const subject = `${workspaceId} ${address}`;
    const known = this.shared.get(subject);
    if (known !== undefined) return !known;
    const workspaces = this.db.collection<StoredWorkspace>('workspaces');
    const settings = { ...DEFAULT_SETTINGS, ...(await workspaces.findOne({ _id: workspaceId }))?.settings };
    const limit = settings.sharedAddressLeads;
    const holders = await this.db.collection('leads').countDocuments({ workspaceId, addresses: address }, { limit: limit + 1 });
    this.shared.set(subject, holders > limit);
    return holders <= limit;
  }
}

const derivedOf = (suppression: StoredSuppression, address: string): StoredSuppression => ({
  ...suppression,
  _id: new ObjectId(),
  address,
  key: identityOf(address),
  via: suppression.isOwn === false ? (suppression.via ?? []) : [suppression._id],
  isOwn: false,
  createdAt: new Date(),
});

function unlessThere(error: unknown): void {
  const { writeErrors } = error as MongoBulkWriteError;
  if (!(error instanceof MongoBulkWriteError) || [writeErrors].flat().some(({ code }) => code !== DUPLICATE_KEY)) throw error;
}

import type { AnyBulkWriteOperation } from 'mongodb';
import { objectId } from '../../platform/mongo';
import { addressesOf, type Lead } from '../domain/lead';
import type { AvailabilityFinding } from '../domain/leads.repository';
import type { LeadDocument } from './lead.schema';

/** Writes what a check found, unless the lead's addresses have changed since it was read. */
export const availabilityWrite = ({
  lead,
  finding: { status, checkedAt, availableAddress, reason },
}: {
  lead: Lead;
  finding: AvailabilityFinding;
}): AnyBulkWriteOperation<LeadDocument> => ({
  updateOne: {
    filter: { _id: objectId(lead.id), workspaceId: lead.workspaceId, addresses: addressesOf(lead) },
    update: {
      $set: {
        availabilityStatus: status,
        availabilityCheckedAt: checkedAt,
        availableAddress,
        availabilityReason: reason,
        updatedAt: checkedAt,
      },
    },
  },
});

import type { Filter } from 'mongodb';
import { objectId, objectIds } from '../../platform/mongo';
import type { Message, MessageStatus } from '../domain/message';
import type { StopScope } from '../domain/messages.repository';
import type { MessageDocument } from './message.schema';

/** Keys of indexes (message.schema.ts) that are named where the store might choose another. */
const BY_LEAD = { workspaceId: 1, leadId: 1, _id: 1 } as const;
const BY_RECIPIENT = { workspaceId: 1, recipients: 1 } as const;
const BY_ENROLLMENT = { enrollmentId: 1, stepIndex: 1 } as const;

/**
 * A stop is about few messages, of which many may have been sent; the workspace may have a hundred thousand
 * waiting ones. The index by status must not be taken for them.
 */
export function scopeQuery(scope: StopScope): { filter: Record<string, unknown>; hint?: Record<string, 1> } {
  if ('messageId' in scope) return { filter: { _id: objectId(scope.messageId) } };
  if ('enrollmentIds' in scope) {
    return { filter: ofEnrollments(scope.enrollmentIds), hint: BY_ENROLLMENT };
  }
  if ('recipients' in scope) {
    return { filter: { recipients: { $in: [...scope.recipients], $gt: '' }, ...narrowed(scope) }, hint: BY_RECIPIENT };
  }
  if ('leadIds' in scope) {
    return { filter: { leadId: { $in: objectIds(scope.leadIds) }, ...narrowed(scope) }, hint: BY_LEAD };
  }
  return { filter: { campaignId: objectId('claimedOf' in scope ? scope.claimedOf : scope.campaignId) } };
}

const narrowed = ({ channels, spares }: { channels?: readonly string[]; spares?: 'answers' }) => ({
  ...(channels && { channel: { $in: [...channels] } }),
  ...(spares && { kind: null }),
});

/** Messages of these enrollments, in a form that their index serves. */
export const ofEnrollments = (ids: readonly string[]) => ({ enrollmentId: { $in: objectIds(ids) }, stepIndex: { $gte: 0 } });

/** The message in the status, under the claim that it has. */
export const claimed = ({ id, workspaceId, claim }: Message, status: MessageStatus): Filter<MessageDocument> => ({
  _id: objectId(id),
  workspaceId,
  status,
  'claim.token': claim!.token,
});

import type { Migration } from '../src/platform/migrations';
import { complete, type Completion, planOf } from './complete-fields';

/**
 * Before messages had files, named recipients, windows, batches and stops on their way, they had no such
 * fields.
 */
const MESSAGES: Completion = {
  collection: 'messages',
  fields: { attachments: [], part: 0, recipients: [], recipientName: null, window: null, batchId: null, stopRequested: null },
};
/** An attempt without the field handed a text over. */
const OLD_ATTEMPT = { attempts: { $elemMatch: { attachment: { $exists: false } } } };

export const completeMessages: Migration = {
  id: '0002-complete-messages',

  async plan(db) {
    const attempts = await db.collection('messages').countDocuments(OLD_ATTEMPT);
    const ofAttempts = attempts > 0 ? [`The attempts of ${attempts.toLocaleString('en-US')} messages get attachment.`] : [];
    return [...(await planOf(db, MESSAGES)), ...ofAttempts];
  },

  async run(context) {
    await complete(context, MESSAGES);
    await context.db
      .collection('messages')
      .updateMany(
        OLD_ATTEMPT,
        { $set: { 'attempts.$[old].attachment': null } },
        { arrayFilters: [{ 'old.attachment': { $exists: false } }] },
      );
  },
};

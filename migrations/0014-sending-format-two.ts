import type { Migration } from '../src/platform/migrations';
import { SENDING_FORMAT_ID, type SettingDocument, SETTINGS_COLLECTION } from '../src/platform/sending-format/settings-document';

/** The form in which the version before writes, and that of this one. */
const [BEFORE, FORMAT] = [1, 2];

/**
 * Messages say something else on each channel, and attempts hand over files with the text: a worker that does
 * not know that would send other words, or a file twice. No document changes; workers of the version before
 * send nothing any more, and leave what waits to those of this one.
 */
export const sendingFormatTwo: Migration = {
  id: '0014-sending-format-two',

  async plan(db) {
    const found = await db.collection<SettingDocument>(SETTINGS_COLLECTION).findOne({ _id: SENDING_FORMAT_ID, value: BEFORE });
    return found ? [`The sending documents are marked as format ${FORMAT}: workers of the version before stop sending.`] : [];
  },

  async run({ db }) {
    await db
      .collection<SettingDocument>(SETTINGS_COLLECTION)
      .updateOne({ _id: SENDING_FORMAT_ID, value: BEFORE }, { $set: { value: FORMAT } });
  },
};

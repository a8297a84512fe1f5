import type { Migration } from '../src/platform/migrations';
import { SENDING_FORMAT_ID, type SettingDocument, SETTINGS_COLLECTION } from '../src/platform/sending-format/settings-document';

/** The form in which this and all earlier versions write messages, turns, recipients and capacity. */
const FORMAT = 1;

export const sendingFormatOne: Migration = {
  id: '0006-sending-format-one',

  async plan(db) {
    const found = await db.collection<SettingDocument>(SETTINGS_COLLECTION).findOne({ _id: SENDING_FORMAT_ID });
    return found ? [] : [`The sending documents are marked as format ${FORMAT}.`];
  },

  async run({ db }) {
    await db
      .collection<SettingDocument>(SETTINGS_COLLECTION)
      .updateOne({ _id: SENDING_FORMAT_ID }, { $setOnInsert: { value: FORMAT } }, { upsert: true });
  },
};

/** Settings of the whole installation that its processes share, one document each. */
export const SETTINGS_COLLECTION = 'settings';
export const SENDING_FORMAT_ID = 'sendingFormat';

export interface SettingDocument {
  _id: string;
  value: number;
}

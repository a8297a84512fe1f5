/** What a client is told of a file of leads that it uploads. `imports.texts.spec.ts` lists all of it. */
export const IMPORT_TEXTS = {
  noContactColumn: 'line 1: no column holds phone numbers or e-mail addresses; name one in mapping, such as {"Contact": "phone"}',
  unknownTarget: (columns: readonly string[]) => `must be null, customFields.<key>, or one of ${columns.join(', ')}`,
  twice: (field: string) => `two columns are mapped to ${field}, and a lead has one`,
  /** Why a column goes where it goes, in a dry run. */
  byMapping: 'mapping says so',
  byExport: 'it is a column of an export',
  otherList: "must be the campaign's list, or left out",
} as const;

/** What a client is told of a file of leads that it uploads. `imports.texts.spec.ts` lists all of it. */
export const IMPORT_TEXTS = {
  noContactColumn:
    'no column holds phone numbers or e-mail addresses; name one in mapping, such as {"Contact": "phone"}, or the line of the header in headerLine',
  unknownTarget: (columns: readonly string[]) => `must be null, customFields.<key>, or one of ${columns.join(', ')}`,
  twice: (field: string) => `two columns are mapped to ${field}, and a lead has one`,
  /** Why a column goes where it goes, in a dry run. */
  byMapping: 'mapping says so',
  byExport: 'it is a column of an export',
  byCells: {
    phone: 'its cells are phone numbers, and no name of a column says where these are',
    email: 'its cells are e-mail addresses, and no name of a column says where these are',
    fullName: 'its cells are words before the first phone number or e-mail address',
  },
  /** What was not taken as it stood. */
  keyCut: (key: string) => `the name is too long for a custom field, which is called "${key}" now`,
  keyLeftOut: (problem: string) => `the column is left out: customFields ${problem}`,
  cut: (characters: number) => `is cut at ${characters} characters`,
  cutBytes: (bytes: number) => `is cut at ${bytes} bytes`,
  longLeftOut: (characters: number) => `is longer than ${characters} characters, and is left out`,
  valueLeftOut: (problem: string) => `is left out: customFields ${problem}`,
  tooManyFields: (fields: number) => `is left out: the row has ${fields} custom fields before it, and a lead holds no more`,
  tooMuchInAll: (bytes: number) => `is left out: the custom fields of a lead hold ${bytes} bytes in all`,
  /** Why nothing was saved. */
  refused: (invalid: number, rows: number) =>
    `${invalid.toLocaleString('en')} of ${rows.toLocaleString('en')} rows cannot be taken, so none was saved, as onInvalid: "reject" asks for`,
  otherList: "must be the campaign's list, or left out",
} as const;

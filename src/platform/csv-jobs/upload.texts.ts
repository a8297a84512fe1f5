/** What a client is told of an upload, whatever is in its file. */
export const UPLOAD_TEXTS = {
  brokeOff: 'the upload broke off',
  incomplete: 'the upload is incomplete, or is not multipart/form-data',
  missing: 'is missing: send the CSV as multipart/form-data, in the field file',
  secondFile: 'is not a known file: send one file, in the field file',
  repeatedField: 'is given twice',
} as const;

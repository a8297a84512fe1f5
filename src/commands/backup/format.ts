/**
 * A backup is a folder: `manifest.json`, and for each collection `<name>.bson.gz`, which holds its documents
 * one behind the other, as mongodump writes them.
 */
export interface Manifest {
  /** Of this form. */
  form: 1;
  /** Of the product. */
  version: string;
  /** The moment whose state it holds, by the clock of the machine that made it. */
  takenAt: string;
  /** How many documents each collection had then. */
  counts: Record<string, number>;
}

export const MANIFEST = 'manifest.json';
export const fileOf = (collection: string): string => `${collection}.bson.gz`;
/** Why workspaces of a restored database send nothing at first. */
export const RESTORED = 'restored';

/** What a person is told who has made a backup. */
export function summaryOf({ counts, takenAt }: Manifest, folder: string): string {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const of = `${total.toLocaleString('en-US')} documents of ${Object.keys(counts).length} collections`;
  return `${folder} holds ${of}, as of ${takenAt}. What is sealed in it is opened by ENCRYPTION_KEY alone.`;
}

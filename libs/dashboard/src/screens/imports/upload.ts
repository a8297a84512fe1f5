import type { operations } from '@tuco/client';
import { ask, type Schemas, tuco } from '../../app/api';

type Body = operations['importLeads']['requestBody']['content']['multipart/form-data'];
type Answer = operations['importLeads']['responses'][200]['content']['application/json'];
export type Preview = Extract<Answer, { dryRun: true }>;
export type PreviewRow = Schemas['PreviewRow'];
export type Options = Omit<Body, 'file' | 'mapping' | 'dryRun'>;

/** Of a larger file, its beginning tells as much as all of it. */
const LOOK_BYTES = 4_000_000;

/** Where a column goes, by its number; what is not here is guessed. */
export type Mapping = Readonly<Record<string, string | null>>;

function formOf(
  file: Blob,
  name: string,
  mapping: Mapping,
  fields: Record<string, string | number | boolean | undefined>,
): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) {
    if (value !== undefined && value !== '') form.append(field, String(value));
  }
  if (Object.keys(mapping).length > 0) form.append('mapping', JSON.stringify(mapping));
  form.append('file', file, name);
  return form;
}

const send = (form: FormData): Promise<Answer> =>
  // The form is the body as it stands; its type has no name in the description.
  ask(tuco.POST('/api/leads/imports', { body: form as unknown as Body, bodySerializer: (body) => body as unknown as FormData }));

/** How the file would be read, and what would become of its first rows. */
export async function look(file: File, mapping: Mapping, options: Options): Promise<Preview> {
  const part = file.size > LOOK_BYTES ? file.slice(0, LOOK_BYTES) : file;
  return (await send(formOf(part, file.name, mapping, { ...options, dryRun: true }))) as Preview;
}

/** @returns the id of the import that has begun */
export async function start(file: File, mapping: Mapping, options: Options): Promise<string> {
  const answer = await send(formOf(file, file.name, mapping, options));
  return (answer as Schemas['StartedImport']).importId;
}

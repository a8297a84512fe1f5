import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { ValidationFailed } from '../errors';
import { cutText } from '../texts';
import { CSV_TEXTS } from './csv.texts';
import { NotMultipart } from './csv-jobs.errors';
import type { StoredFile } from './import-files';

export interface Upload {
  file: StoredFile;
  fileName: string;
  fields: Record<string, string>;
}

const MAX_NAME_LENGTH = 200;

/** How the plugin says that there are more files or fields than it takes. */
const TOO_MANY: ReadonlySet<string> = new Set(['FST_PARTS_LIMIT', 'FST_FILES_LIMIT', 'FST_FIELDS_LIMIT']);
/** A field says that it is JSON, and is not. */
const UNREADABLE_FIELD = 'FST_INVALID_JSON_FIELD_ERROR';

/**
 * Reads an upload: one file in the field `file`, and plain fields before or after it.
 * @param take stores the file as it streams; `discard` takes that back when what follows the file is wrong
 * @throws ValidationFailed, NotMultipart, whatever `take` throws
 */
export async function takeUpload(
  request: FastifyRequest,
  take: (file: MultipartFile) => Promise<StoredFile>,
  discard: (file: StoredFile) => Promise<void>,
): Promise<Upload> {
  if (!request.isMultipart()) throw new NotMultipart();
  let upload: Omit<Upload, 'fields'> | undefined;
  const fields: Record<string, string> = {};
  const parts = request.parts();
  try {
    for (let part = await nextOf(parts); part; part = await nextOf(parts)) {
      if (part.type === 'file') {
        if (upload || part.fieldname !== 'file')
          throw new ValidationFailed([{ field: part.fieldname, message: CSV_TEXTS.secondFile }]);
        // A part of a type that only files have is one without a name, too, whatever the plugin's types say.
        const fileName = cutText(part.filename ?? '', MAX_NAME_LENGTH);
        upload = { file: await take(part), fileName };
      } else {
        if (Object.hasOwn(fields, part.fieldname))
          throw new ValidationFailed([{ field: part.fieldname, message: CSV_TEXTS.repeatedField }]);
        fields[part.fieldname] = String(part.value);
      }
    }
  } catch (error) {
    // What is still to come is read and dropped, so that the client gets to the answer.
    request.raw.unpipe();
    request.raw.resume();
    if (upload) await discard(upload.file);
    throw error;
  }
  if (!upload) throw new ValidationFailed([{ field: 'file', message: CSV_TEXTS.missing }]);
  return { ...upload, fields };
}

async function nextOf(parts: AsyncIterator<Multipart>): Promise<Multipart | null> {
  try {
    const next = await parts.next();
    return next.done ? null : next.value;
  } catch (error) {
    const { code, statusCode } = error as { code?: string; statusCode?: number };
    if (code && TOO_MANY.has(code)) throw new ValidationFailed([{ field: 'file', message: CSV_TEXTS.tooManyParts }]);
    // Other refusals of the plugin's own have a status; the rest are complaints of the parser.
    if (statusCode && code !== UNREADABLE_FIELD) throw error;
    throw new ValidationFailed([{ field: 'file', message: CSV_TEXTS.incomplete }]);
  }
}

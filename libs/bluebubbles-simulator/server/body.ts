import type { IncomingMessage } from 'node:http';
import { badRequest, Failure } from './envelope';

/** A body larger than this, in bytes, is refused. */
const MAX_BODY = 100 * 1_048_576;

export type Fields = Record<string, unknown>;

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new Failure('request entity too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What a call of BlueBubbles' API carries. */
export interface CallBody {
  fields: Fields;
  /** The file of a form, under the name `attachment`. */
  file: Blob | null;
}

/**
 * The body by its content type; one of a type that the server does not read has no fields.
 * @throws Failure on malformed JSON, as the server does: it is answered 500
 */
export async function readCallBody(request: IncomingMessage): Promise<CallBody> {
  const type = request.headers['content-type'] ?? '';
  const body = await readBody(request);
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData().catch(() => {
      throw new Failure('The form cannot be read');
    });
    const file = form.get('attachment');
    return {
      fields: Object.fromEntries([...form].filter(([, value]) => typeof value === 'string')),
      file: file instanceof Blob ? file : null,
    };
  }
  const text = body.toString('utf8');
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { fields: Object.fromEntries(new URLSearchParams(text)), file: null };
  }
  if (!type.includes('json') || text === '') return { fields: {}, file: null };
  return { fields: objectOf(text, (words) => new Failure(words)), file: null };
}

/** The body of one of the simulator's own calls as a JSON object; an empty one is `{}`. */
export async function readOrder(request: IncomingMessage): Promise<Fields> {
  const text = (await readBody(request)).toString('utf8');
  return text.trim() === '' ? {} : objectOf(text, badRequest);
}

function objectOf(text: string, wrong: (words: string) => Error): Fields {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw wrong((error as Error).message);
  }
  if (typeof json !== 'object' || json === null) throw wrong('invalid JSON, only supports object and array');
  return json as Fields;
}

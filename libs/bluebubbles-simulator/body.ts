import type { IncomingMessage } from 'node:http';
import { BadRequest } from './envelope';

/** A body larger than this, in bytes, is refused. */
const MAX_BODY = 100 * 1_048_576;

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new BadRequest('The body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The body as a JSON object; an empty one is `{}`. */
export async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const body = (await readBody(request)).toString('utf8');
  if (body.trim() === '') return {};
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new BadRequest('The body is not JSON');
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new BadRequest('The body must be a JSON object');
  return json as Record<string, unknown>;
}

/** The fields of a multipart form. */
export async function readForm(request: IncomingMessage): Promise<FormData> {
  const body = await readBody(request);
  try {
    return await new Response(new Uint8Array(body), {
      headers: { 'content-type': request.headers['content-type'] ?? '' },
    }).formData();
  } catch {
    throw new BadRequest('The body is not a multipart form');
  }
}

/** A field that must be a text, and not empty. */
export function textField(body: Record<string, unknown>, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value.trim() === '') throw new BadRequest(`The ${name} field is mandatory.`);
  return value;
}

/** A field that is a text or missing. */
export function optionalText(body: Record<string, unknown>, name: string): string | null {
  const value = body[name];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') throw new BadRequest(`The ${name} must be a string.`);
  return value;
}

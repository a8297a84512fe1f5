import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest, preParsingHookHandler, RequestPayload } from 'fastify';
import { DomainError, ValidationFailed } from '../errors';
import { findIllFormed, mayBeIllFormed, wellFormedLongJson } from '../texts';
import { JsonScan, type LongList, MAX_BODY_DEPTH } from './json-scan';
import { passingBody } from './passing-body';

/** Shorter bodies cost little, whatever is in them. */
const SHORT_BYTES = 30_000;
/** Of bodies up to the default limit: those that a DTO describes. */
const MAX_CONTAINERS = 20_000;
/** Of those that hold rows: 10,000 leads with custom fields, ten times. */
const MAX_ROW_CONTAINERS = 200_000;
const ROW_BODY_BYTES = 1_000_000;
/** 10,000 leads with a hundred custom fields each. */
const MAX_VALUES = 2_000_000;

class NotUtf8 extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'MALFORMED_JSON';
  constructor() {
    super('The body is not valid UTF-8');
  }
}

class EncodedBody extends DomainError {
  readonly kind = 'unsupported-type';
  readonly code = 'UNSUPPORTED_MEDIA_TYPE';
  constructor() {
    super('The body must be sent as it is, without content-encoding');
  }
}

const LONE_SURROGATE = 'holds half of a surrogate pair, which is no character: a text was cut in the middle of one';

const scans = new WeakMap<FastifyRequest, JsonScan>();

/** Counts what a JSON body holds while it arrives, and ends it once that is more than any endpoint takes. */
export const scanJson: preParsingHookHandler = (request, _reply, payload: RequestPayload, done) => {
  const { 'content-type': type = '', 'content-length': length } = request.headers;
  if (!type.startsWith('application/json') || Number(length) <= SHORT_BYTES) return done(null, payload);
  const isOfRows = (request.routeOptions.bodyLimit ?? 0) > ROW_BODY_BYTES;
  const scan = new JsonScan({ containers: isOfRows ? MAX_ROW_CONTAINERS : MAX_CONTAINERS, values: MAX_VALUES });
  scans.set(request, scan);
  const passing: RequestPayload = passingBody(
    payload,
    (chunk) => {
      if (scan.take(chunk)) return;
      const message = scan.isTooDeep ? `is nested more than ${MAX_BODY_DEPTH} levels deep` : 'has too many fields and objects';
      throw new ValidationFailed([{ field: 'body', message }]);
    },
    () => undefined,
  );
  done(null, passing);
};

type Parse = (text: string) => unknown;

/**
 * @param parsed what the JSON of `text` says
 * @param nameOf what a place in it is called in the whole body
 * @throws ValidationFailed where it has half of a surrogate pair, naming the place
 */
async function refuseIllFormed(text: string, parsed: unknown, nameOf = (path: string) => path): Promise<void> {
  if (!mayBeIllFormed(text)) return;
  const path = await findIllFormed(parsed);
  if (path !== null) throw new ValidationFailed([{ field: nameOf(path) || 'body', message: LONE_SURROGATE }]);
}

/**
 * Parses JSON bodies: short ones at once, the rows of long ones in slices, so that no body holds up other
 * callers. Fastify's own parser would put U+FFFD for what is no UTF-8, and a name that nobody has given would
 * be saved.
 */
export function takeJson(fastify: FastifyInstance): void {
  const parser = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser('application/json');
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding.toLowerCase() !== 'identity') throw new EncodedBody();
    if (!isUtf8(body)) throw new NotUtf8();
    const parse: Parse = (text) => {
      let parsed: unknown;
      void parser(request, text, (error, value) => {
        if (error) throw error;
        parsed = value;
      });
      return parsed;
    };
    // Providers cannot mend what they say, and a message must not be lost for it.
    if (request.routeOptions.config.access === 'public') {
      return parse(await wellFormedLongJson(body.toString('utf8')));
    }
    const longList = scans.get(request)?.longList;
    if (longList) return inSlices(body, longList, parse);
    const text = body.toString('utf8');
    const parsed = parse(text);
    await refuseIllFormed(text, parsed);
    return parsed;
  });
}

/** The body without its long list is parsed like any; the list's elements are, some at a time. */
async function inSlices(body: Buffer, { start, end, cuts }: LongList, parse: Parse): Promise<unknown> {
  const placeholder = randomUUID();
  const around = `${body.toString('utf8', 0, start)}"${placeholder}"${body.toString('utf8', end + 1)}`;
  const parsed = parse(around) as Record<string, unknown>;
  await refuseIllFormed(around, parsed);
  // Where the field is given twice, the last one counts, as in all JSON.
  const field = Object.keys(parsed).find((name) => parsed[name] === placeholder);
  const elements: unknown[] = [];
  const borders = [start, ...cuts, end];
  for (const [index, border] of borders.slice(1).entries()) {
    const slice = body.toString('utf8', borders[index]! + 1, border);
    // A comma with nothing behind it is no JSON; `[]` would be.
    if (slice.trim() === '') parse('[,]');
    const more = parse(`[${slice}]`) as unknown[];
    if (field !== undefined) {
      await refuseIllFormed(slice, more, (path) => field + path.replace(/\d+/, (at) => String(elements.length + Number(at))));
    }
    for (const element of more) elements.push(element);
    await setImmediate();
  }
  if (field !== undefined) parsed[field] = elements;
  return parsed;
}

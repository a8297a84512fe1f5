import { serialize } from 'bson';
import type { Message } from '../commands/dispatch';
import { decode } from '../values/decode';
import { type Doc, has } from '../values/types';

export const HEADER = 16;
const MAX_MESSAGE = 48_000_000;
const MIN_MESSAGE = HEADER + 5;

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
/** Of the flags, these must be understood by whoever reads the message. */
const REQUIRED_FLAGS = 0xffff;

/** What was sent is no message: there is no use in going on with the connection. */
export class ProtocolError extends Error {}

export interface Incoming {
  requestId: number;
  message: Message;
  /** OP_QUERY is answered by OP_REPLY; it is only used for the first greeting. */
  legacy: boolean;
  /** Does the sender wait for an answer? */
  wantsAnswer: boolean;
}

/** The length that a header announces. @throws ProtocolError when no message has that length */
export function announcedLength(header: Buffer): number {
  const length = header.readInt32LE(0);
  if (length < MIN_MESSAGE || length > MAX_MESSAGE) throw new ProtocolError(`A message of ${length} bytes`);
  return length;
}

export function parseMessage(bytes: Buffer): Incoming {
  const requestId = bytes.readInt32LE(4);
  switch (bytes.readInt32LE(12)) {
    case OP_MSG:
      return parseOpMsg(bytes, requestId);
    case OP_QUERY:
      return parseOpQuery(bytes, requestId);
    default:
      throw new ProtocolError(`The opcode ${bytes.readInt32LE(12)}`);
  }
}

function parseOpMsg(bytes: Buffer, requestId: number): Incoming {
  const flags = bytes.readUInt32LE(HEADER);
  if ((flags & REQUIRED_FLAGS & ~(CHECKSUM_PRESENT | MORE_TO_COME)) !== 0) throw new ProtocolError(`The flags ${flags}`);
  const end = flags & CHECKSUM_PRESENT ? bytes.length - 4 : bytes.length;
  const sequences = new Map<string, Buffer[]>();
  let body: Doc | undefined;
  for (let at = HEADER + 4; at < end;) {
    const kind = bytes[at]!;
    at += 1;
    const size = sizeAt(bytes, at, end);
    if (kind === 0) {
      if (body) throw new ProtocolError('Two bodies');
      body = decode(bytes.subarray(at, at + size));
    } else if (kind === 1) parseSequence(bytes, at + 4, at + size, sequences);
    else throw new ProtocolError(`The section kind ${kind}`);
    at += size;
  }
  if (!body) throw new ProtocolError('A message without a body');
  for (const name of sequences.keys()) if (has(body, name)) throw new ProtocolError(`Two arguments "${name}"`);
  return { requestId, message: { body, sequences }, legacy: false, wantsAnswer: (flags & MORE_TO_COME) === 0 };
}

/** The length field at a place, which must fit between there and the end. */
function sizeAt(bytes: Buffer, at: number, end: number): number {
  if (at + 5 > end) throw new ProtocolError('A section that is cut off');
  const size = bytes.readInt32LE(at);
  if (size < 5 || at + size > end) throw new ProtocolError('A section length that lies');
  return size;
}

function parseSequence(bytes: Buffer, start: number, end: number, sequences: Map<string, Buffer[]>): void {
  const nameEnd = bytes.indexOf(0, start);
  if (nameEnd < 0 || nameEnd >= end) throw new ProtocolError('A sequence without a name');
  const documents: Buffer[] = [];
  for (let at = nameEnd + 1; at < end;) {
    const size = sizeAt(bytes, at, end);
    documents.push(bytes.subarray(at, at + size));
    at += size;
  }
  const name = bytes.toString('utf8', start, nameEnd);
  if (sequences.has(name)) throw new ProtocolError(`Two sequences "${name}"`);
  sequences.set(name, documents);
}

function parseOpQuery(bytes: Buffer, requestId: number): Incoming {
  const nameEnd = bytes.indexOf(0, HEADER + 4);
  if (nameEnd < 0) throw new ProtocolError('A query without a name');
  const at = nameEnd + 1 + 8;
  const size = sizeAt(bytes, at, bytes.length);
  const namespace = bytes.toString('utf8', HEADER + 4, nameEnd);
  const body: Doc = { ...decode(bytes.subarray(at, at + size)), $db: namespace.split('.')[0] };
  return { requestId, message: { body, sequences: new Map() }, legacy: true, wantsAnswer: true };
}

let nextId = 1;

/** The bytes of an answer: the parts to be written one after the other. */
export function answerBytes({ requestId, legacy }: Incoming, answer: Doc | Buffer): Buffer[] {
  const body = Buffer.isBuffer(answer) ? answer : Buffer.from(serialize(answer));
  const head = Buffer.alloc(legacy ? HEADER + 20 : HEADER + 5);
  head.writeInt32LE(head.length + body.length, 0);
  nextId = (nextId + 1) & 0x7fffffff;
  head.writeInt32LE(nextId, 4);
  head.writeInt32LE(requestId, 8);
  head.writeInt32LE(legacy ? OP_REPLY : OP_MSG, 12);
  if (legacy) {
    head.writeInt32LE(8, HEADER);
    head.writeInt32LE(1, HEADER + 16);
  }
  // Small answers go out in one piece.
  return body.length < 4_096 ? [Buffer.concat([head, body])] : [head, body];
}

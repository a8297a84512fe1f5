import { Long } from 'bson';
import { PAUSE, type Source, type Turn } from '../query/source';
import type { Request } from './request';

const FIRST_BATCH = 101;
/** A batch ends before it is larger than this, unless one document is. */
const BATCH_BYTES = 16 * 1024 * 1024;

export interface BatchOptions {
  /** Absent: as many as fit, and 101 in the first. */
  size: number | undefined;
  single: boolean;
}

interface Batch {
  documents: Buffer[];
  left: Buffer | undefined;
  finished: boolean;
}

/** Takes documents until the batch is full, giving way to others when its turn is over. */
async function fill(source: Source<Buffer>, turn: Turn, most: number, carried: Buffer | undefined): Promise<Batch> {
  const documents: Buffer[] = [];
  let bytes = 0;
  turn.begin();
  let next = carried ?? source.next();
  for (;;) {
    if (next === PAUSE) {
      source.release();
      await new Promise((resolve) => setImmediate(resolve));
      turn.begin();
    } else if (next === undefined) return { documents, left: undefined, finished: true };
    else {
      if (documents.length > 0 && bytes + next.length > BATCH_BYTES) return { documents, left: next, finished: false };
      if (documents.length >= most) return { documents, left: next, finished: false };
      documents.push(next);
      bytes += next.length;
    }
    next = source.next();
  }
}

/** The first batch of a query, and a cursor for the rest if there is one. */
export async function firstBatch(
  request: Request,
  ns: string,
  source: Source<Buffer>,
  turn: Turn,
  options: BatchOptions,
): Promise<Buffer> {
  const most = options.size ?? FIRST_BATCH;
  if (most === 0) return answer(keep(request, ns, source, turn, undefined), ns, 'firstBatch', []);
  const { documents, left, finished } = await fill(source, turn, most, undefined);
  const id = finished || options.single ? Long.ZERO : keep(request, ns, source, turn, left);
  return answer(id, ns, 'firstBatch', documents);
}

function keep(
  { engine, transaction, session }: Request,
  ns: string,
  source: Source<Buffer>,
  turn: Turn,
  left: Buffer | undefined,
): Long {
  source.release();
  return engine.cursors.add({ ns, source, turn, transaction, session, left });
}

export async function nextBatch({ engine }: Request, id: Long, ns: string, size: number | undefined): Promise<Buffer> {
  const cursor = engine.cursors.require(id, ns);
  const { documents, left, finished } = await fill(cursor.source, cursor.turn, size || Infinity, cursor.left);
  cursor.left = left;
  if (finished) engine.cursors.close(id);
  else cursor.source.release();
  return answer(finished ? Long.ZERO : id, ns, 'nextBatch', documents);
}

/** `{ cursor: { <name>: [documents], id, ns }, ok: 1 }`, with the documents' bytes as they are stored. */
function answer(id: Long, ns: string, name: 'firstBatch' | 'nextBatch', documents: readonly Buffer[]): Buffer {
  const nsBytes = Buffer.byteLength(ns) + 1;
  let arrayBytes = 5;
  for (let i = 0; i < documents.length; i += 1) arrayBytes += 2 + digits(i) + documents[i]!.length;
  const cursorBytes = 4 + (1 + name.length + 1 + arrayBytes) + (1 + 3 + 8) + (1 + 3 + 4 + nsBytes) + 1;
  const total = 4 + (1 + 7 + cursorBytes) + (1 + 3 + 8) + 1;
  const target = Buffer.allocUnsafe(total);
  let at = target.writeInt32LE(total, 0);
  at += target.write('\x03cursor\0', at, 'latin1');
  at = target.writeInt32LE(cursorBytes, at);
  at += target.write(`\x04${name}\0`, at, 'latin1');
  at = target.writeInt32LE(arrayBytes, at);
  for (let i = 0; i < documents.length; i += 1) {
    at += target.write(`\x03${i}\0`, at, 'latin1');
    at += documents[i]!.copy(target, at);
  }
  target[at++] = 0;
  at += target.write('\x12id\0', at, 'latin1');
  at = target.writeInt32LE(id.low, at);
  at = target.writeInt32LE(id.high, at);
  at += target.write('\x02ns\0', at, 'latin1');
  at = target.writeInt32LE(nsBytes, at);
  at += target.write(ns, at, 'utf8');
  target[at++] = 0;
  target[at++] = 0;
  at += target.write('\x01ok\0', at, 'latin1');
  at = target.writeDoubleLE(1, at);
  target[at] = 0;
  return target;
}

const digits = (i: number): number => (i < 10 ? 1 : i < 100 ? 2 : i < 1_000 ? 3 : String(i).length);

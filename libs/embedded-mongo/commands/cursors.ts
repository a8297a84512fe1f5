import { randomBytes } from 'node:crypto';
import { Long } from 'bson';
import { CommandError } from '../errors';
import type { Source, Turn } from '../query/source';
import type { Transaction } from '../transactions/transactions';

const IDLE_MS = 10 * 60_000;

/** The rest of a query's answer, waiting to be asked for. */
export interface OpenCursor {
  id: Long;
  ns: string;
  source: Source<Buffer>;
  turn: Turn;
  transaction: Transaction | undefined;
  session: string | undefined;
  /** A document that did not fit into the last batch. */
  left: Buffer | undefined;
  usedAt: number;
}

export class Cursors {
  private readonly open = new Map<string, OpenCursor>();

  add(cursor: Omit<OpenCursor, 'id' | 'usedAt'>): Long {
    const bytes = randomBytes(8);
    const id = new Long(bytes.readInt32LE(0) | 1, bytes.readInt32LE(4) & 0x7fffffff);
    this.open.set(id.toString(), { ...cursor, id, usedAt: Date.now() });
    return id;
  }

  /** @throws CursorNotFound */
  require(id: Long, ns: string): OpenCursor {
    const cursor = this.open.get(id.toString());
    if (!cursor) throw new CommandError(43, `cursor id ${id.toString()} not found`);
    if (cursor.ns !== ns)
      throw new CommandError(
        13,
        `Requested getMore on namespace '${ns}', but cursor belongs to a different namespace ${cursor.ns}`,
      );
    cursor.usedAt = Date.now();
    return cursor;
  }

  close(id: Long): boolean {
    return this.open.delete(id.toString());
  }

  closeOf(transaction: Transaction): void {
    for (const [id, cursor] of this.open) if (cursor.transaction === transaction) this.open.delete(id);
  }

  closeOfSession(session: string): void {
    for (const [id, cursor] of this.open) if (cursor.session === session) this.open.delete(id);
  }

  closeIdle(): void {
    const oldest = Date.now() - IDLE_MS;
    for (const [id, cursor] of this.open) if (cursor.usedAt < oldest) this.open.delete(id);
  }

  closeAll(): void {
    this.open.clear();
  }
}

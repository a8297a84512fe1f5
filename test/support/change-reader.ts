import type { Tenant } from './test-app';

export interface ChangedRow {
  _id?: string;
  messageId?: string;
  updatedAt: string;
}

/** What a reader of changes has seen. */
export interface Followed<Row> {
  /** The last state of each, by id. */
  rows: Map<string, Row>;
  deleted: Map<string, string>;
  /** Rows that came again as they had been before. */
  repeated: string[];
  pages: number;
}

const idOf = ({ _id, messageId }: ChangedRow): string => (_id ?? messageId)!;

/**
 * What an integration does to keep up: it reads what changed since the last change that it saw, page by page,
 * until `isOver` and nothing follows. The change that a reading ended with comes first in the next one.
 * @param path with the filter
 * @param name of the rows in the answer
 */
export async function follow<Row extends ChangedRow>(
  tenant: Tenant,
  { path, name, since, limit = 25 }: { path: string; name: string; since: string; limit?: number },
  isOver: () => boolean,
): Promise<Followed<Row>> {
  const seen: Followed<Row> = { rows: new Map(), deleted: new Map(), repeated: [], pages: 0 };
  let from = since;
  for (;;) {
    const over = isOver();
    let latest = from;
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = `updatedSince=${from}&limit=${limit}&cursor=${cursor}`;
      const { body } = await tenant.get(`${path}${path.includes('?') ? '&' : '?'}${query}`).expect(200);
      seen.pages += 1;
      const rows = body[name] as Row[];
      if (rows.length + (body.deleted?.length ?? 0) > limit) throw new Error('A page has more than its limit');
      for (const row of rows) {
        const known = seen.rows.get(idOf(row));
        if (known?.updatedAt === row.updatedAt && row.updatedAt !== from) seen.repeated.push(idOf(row));
        if (row.updatedAt < latest) throw new Error(`${idOf(row)} comes after a later change`);
        seen.rows.set(idOf(row), row);
        latest = row.updatedAt;
      }
      for (const { _id, deletedAt } of (body.deleted ?? []) as { _id: string; deletedAt: string }[]) {
        if (seen.deleted.has(_id) && deletedAt !== from) seen.repeated.push(_id);
        seen.deleted.set(_id, deletedAt);
        seen.rows.delete(_id);
        if (deletedAt > latest) latest = deletedAt;
      }
      cursor = body.pagination.nextCursor as string | null;
    }
    if (over) return seen;
    from = latest;
  }
}

/** All rows of a list as it is now, by id, page by page. */
export async function whole<Row extends ChangedRow>(tenant: Tenant, path: string, name: string): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>();
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body } = await tenant.get(`${path}?limit=200&cursor=${cursor}`).expect(200);
    for (const row of body[name] as Row[]) rows.set(idOf(row), row);
    cursor = body.pagination.nextCursor as string | null;
  }
  return rows;
}

/** Everything that a reader has to have seen: the last change of each row. */
export const times = (rows: ReadonlyMap<string, ChangedRow>): Record<string, string> =>
  Object.fromEntries([...rows].map(([id, { updatedAt }]) => [id, updatedAt] as const).sort(([a], [b]) => (a < b ? -1 : 1)));

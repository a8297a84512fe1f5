import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const LEADS = 200;
/** 30,000 bytes: all of them are more than a page may hold. */
const NOTES = '漢'.repeat(10_000);

interface PageOf {
  leads: { _id: string; notes: string }[];
  deleted?: { _id: string }[];
  pagination: { nextCursor: string | null };
}

describe('pages of large leads', () => {
  let test: TestApp;
  let tenant: Tenant;
  let ids: string[];

  beforeAll(async () => {
    test = await startTestApp();
    tenant = await test.tenant();
    ids = [];
    for (let from = 0; from < LEADS; from += 50) {
      const leads = Array.from({ length: 50 }, (_, n) => ({ email: `large.${from + n}@example.com`, notes: NOTES }));
      ids.push(...((await tenant.post('/leads', { leads }).expect(201)).body.leadIds as string[]));
    }
  });
  afterAll(() => test.close());

  async function follow(query: string): Promise<PageOf[]> {
    const pages: PageOf[] = [];
    for (let cursor: string | null = ''; cursor !== null; cursor = pages.at(-1)!.pagination.nextCursor) {
      const path = `/leads?${query}&limit=${LEADS}&cursor=${cursor}`;
      const { body } = (await tenant.get(path).expect(200)) as { body: PageOf };
      // A reader that has come to the present gets an empty page with the same cursor.
      if (body.leads.length === 0 && !body.deleted?.length) break;
      pages.push(body);
    }
    return pages;
  }
  const idsOf = (pages: readonly PageOf[]) => pages.flatMap(({ leads }) => leads.map(({ _id }) => _id));
  const bytesOf = ({ leads }: PageOf) => leads.reduce((sum, { notes }) => sum + Buffer.byteLength(notes), 0);

  it('end early by cursor, and hold every lead once', async () => {
    const pages = await follow('');
    expect(idsOf(pages)).toEqual([...ids].reverse());
    expect(pages.length).toBeGreaterThan(1);
    expect(Math.max(...pages.map(bytesOf))).toBeLessThan(5 * 1_048_576);
  });

  it('are whole by number', async () => {
    const { body } = await tenant.get(`/leads?limit=${LEADS}&page=1`).expect(200);
    expect(body.leads).toHaveLength(LEADS);
  });

  it('end early in the order of changes, with what was deleted in its place', async () => {
    const gone = [ids[3]!, ids[150]!];
    await tenant.delete('/leads', { ids: gone }).expect(200);
    const pages = await follow('updatedSince=2024-01-01T00:00:00Z&includeDeleted=true');
    expect(pages.length).toBeGreaterThan(1);
    expect(idsOf(pages).sort()).toEqual(ids.filter((id) => !gone.includes(id)).sort());
    expect(
      pages
        .flatMap(({ deleted }) => deleted ?? [])
        .map(({ _id }) => _id)
        .sort(),
    ).toEqual(gone.sort());
    // They were deleted last.
    expect(pages.slice(0, -1).flatMap(({ deleted }) => deleted ?? [])).toEqual([]);
  });
});

import { startTestApp, type TestApp } from '../support/test-app';

/** Words that thousands of leads have. */
describe('search', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());

  it('finds words that many leads have among the newest, and those that only old leads have together', async () => {
    const other = await test.tenant();
    // "early" is had by more leads than are counted, and by none of the 4,000 newest.
    const leads = Array.from({ length: 6_500 }, (_, index) => ({
      email: `common.n${index}@example.com`,
      companyName: index < 2_500 ? 'Early Birds' : 'Late Birds',
      firstName: index % 2 === 0 ? 'Even' : 'Odd',
    }));
    await other.post('/leads', { leads }).expect(201);
    const emails = (body: { leads: { email: string }[] }) => body.leads.map(({ email }) => Number(/\d+/.exec(email)![0]));
    const newest = (await other.get('/leads?search=birds%20even&limit=3').expect(200)).body;
    expect(emails(newest)).toEqual([6_498, 6_496, 6_494]);
    expect(newest.pagination).toEqual({ page: 1, limit: 3, totalCount: 3_250, totalPages: 1_084 });
    const early = (await other.get('/leads?search=early%20common&limit=3&page=2').expect(200)).body;
    expect(emails(early)).toEqual([2_496, 2_495, 2_494]);
    expect(early.pagination.totalCount).toBe(2_500);
    expect((await other.get('/leads?search=early%20late').expect(200)).body.pagination.totalCount).toBe(0);
    const seen: number[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await other.get(`/leads?search=ear%20odd&limit=200&cursor=${cursor}`).expect(200);
      seen.push(...emails(body));
      cursor = body.pagination.nextCursor as string | null;
    }
    expect(seen).toEqual(Array.from({ length: 1_250 }, (_, n) => 2_499 - 2 * n));
  });

  it('finds common words in a list, short or long, and whatever their endings', async () => {
    const other = await test.tenant();
    const lists: string[] = [];
    // Three words, each of a third or a half of the leads; "end" begins a hundred other words, "mid" two.
    for (const [name, size] of [
      ['Long', 6_000],
      ['Short', 600],
    ] as const) {
      const listId = (await other.post('/lists', { name }).expect(201)).body._id as string;
      const leads = Array.from({ length: size }, (_, n) => ({
        email: `${name}.n${n}@example.com`,
        firstName: n % 2 === 0 ? 'Even' : 'Odd',
        lastName: n % 3 === 0 ? `End${n % 100}` : n % 3 === 1 ? 'Mid' : 'Middle',
        companyName: n < 100 ? 'Old' : 'New',
      }));
      await other.post('/leads', { leads, listId }).expect(201);
      lists.push(listId);
    }
    const pages = async (query: string) => {
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const { body } = await other.get(`/leads?${query}&limit=200&cursor=${cursor}`).expect(200);
        seen.push(...(body.leads as { email: string }[]).map(({ email }) => email));
        cursor = body.pagination.nextCursor as string | null;
      }
      return seen;
    };
    const wanted = (name: string, size: number, test: (n: number) => boolean) =>
      Array.from({ length: size }, (_, n) => size - 1 - n)
        .filter(test)
        .map((n) => `${name}.n${n}@example.com`.toLowerCase());
    for (const [words, test] of [
      ['end even', (n: number) => n % 6 === 0],
      ['mid odd', (n: number) => n % 2 === 1 && n % 3 !== 0],
      ['old mid example', (n: number) => n < 100 && n % 3 !== 0],
      ['end', (n: number) => n % 3 === 0],
      ['new old', () => false],
    ] as const) {
      const query = `search=${encodeURIComponent(words)}`;
      expect(await pages(`${query}&listId=${lists[0]}`)).toEqual(wanted('Long', 6_000, test));
      expect(await pages(`${query}&listId=${lists[1]}`)).toEqual(wanted('Short', 600, test));
      expect(await pages(query)).toEqual([...wanted('Short', 600, test), ...wanted('Long', 6_000, test)]);
      const { body } = await other.get(`/leads?${query}&limit=7&page=3&listId=${lists[0]}`).expect(200);
      expect((body.leads as { email: string }[]).map(({ email }) => email)).toEqual(wanted('Long', 6_000, test).slice(14, 21));
    }
  });
});

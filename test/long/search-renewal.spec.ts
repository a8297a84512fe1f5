import type { Collection } from 'mongodb';
import { SearchIndex } from '../../src/leads/domain/search/search-index';
import { TOKEN_RENEWAL_ID, type TokenRenewal } from '../../src/leads/infrastructure/search/token-renewal';
import { Ticks } from '../../src/platform/ticks';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const LEADS = 1_200;
const HOUR_MS = 3_600_000;

/** Tokens as the version before wrote them: no alternates, nothing joined, no ends of numbers. */
const OLD_TOKENS = ['brien', 'o', 'ann', 'example', 'com', '12025550143', '2025550143'];

describe('what leads are found by, after an upgrade', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp({ APP_ROLE: 'api' });
  });
  afterAll(() => test.close());

  const renewals = () => test.connection.db!.collection<TokenRenewal>('settings');
  const leads = () => test.connection.db!.collection('leads');
  const names = async (search: string) => {
    const { body } = await tenant.get(`/leads?search=${encodeURIComponent(search)}&limit=3`).expect(200);
    return (body.leads as { lastName: string }[]).map(({ lastName }) => lastName);
  };

  beforeEach(async () => {
    tenant = await test.tenant();
    const lead = {
      firstName: 'Ann',
      lastName: "O'Brien",
      email: 'ann@example.com',
      phone: '+12025550143',
      altEmail1: 'ann@second.example',
    };
    const others = Array.from({ length: LEADS }, (_, n) => ({ lastName: 'Łukasik', email: `n${n}@example.org` }));
    await tenant.post('/leads', { leads: [lead, ...others] }).expect(201);
    await leads().updateMany({ workspaceId: tenant.id, lastName: "O'Brien" }, { $set: { search: OLD_TOKENS } });
    await leads().updateMany({ workspaceId: tenant.id, lastName: 'Łukasik' }, { $set: { search: ['łukasik'] } });
    await renewals().updateOne({ _id: TOKEN_RENEWAL_ID }, { $set: { after: null, passes: 0, notBefore: new Date(0) } });
  });

  it('is written anew by the workers; until then they are found by what they were found by', async () => {
    expect(await names('brien 2025550143')).toEqual(["O'Brien"]);
    expect(await names('ann@example.com')).toEqual(["O'Brien"]);
    expect(await names('obrien')).toEqual([]);
    await test.app.get(Ticks).now('renew search tokens');
    for (const search of ['obrien', '0143', 'ann@second.example', 'ann@example.com'])
      expect(await names(search)).toEqual(["O'Brien"]);
    expect((await names('lukasik')).length).toBe(3);
    expect(await leads().countDocuments({ workspaceId: tenant.id, search: 'łukasik' })).toBe(0);
    expect(await renewals().findOne({ _id: TOKEN_RENEWAL_ID })).toMatchObject({ passes: 1, after: null });
  });

  it('goes on where a worker died, and is looked at once more for what an old process wrote meanwhile', async () => {
    const index = test.app.get(SearchIndex);
    const now = new Date();
    expect(await index.renewSome(now)).toBe(true);
    // Another worker waits for the lease of one that died in the middle.
    await renewals().updateOne({ _id: TOKEN_RENEWAL_ID }, { $set: { notBefore: new Date(now.getTime() + 1_000) } });
    expect(await index.renewSome(now)).toBe(false);
    while (await index.renewSome(new Date(now.getTime() + 1_000)));
    await leads().updateOne({ workspaceId: tenant.id, lastName: "O'Brien" }, { $set: { search: OLD_TOKENS } });
    expect(await index.renewSome(new Date(now.getTime() + 2_000))).toBe(false);
    while (await index.renewSome(new Date(now.getTime() + 2 * HOUR_MS)));
    expect(await names('obrien')).toEqual(["O'Brien"]);
    expect(await index.renewSome(new Date(now.getTime() + 4 * HOUR_MS))).toBe(false);
  });

  it('leaves a lead alone that changed after it was read', async () => {
    const { _id } = (await leads().findOne({ workspaceId: tenant.id, lastName: "O'Brien" }))!;
    const index = test.app.get(SearchIndex) as SearchIndex & { leads: Collection };
    const write = index.leads.bulkWrite.bind(index.leads);
    const meanwhile = jest.spyOn(index.leads, 'bulkWrite').mockImplementationOnce(async (...args) => {
      await tenant.patch(`/leads/${_id.toString()}`, { lastName: 'Changed' }).expect(200);
      return write(...args);
    });
    const before = await leads().findOne({ _id: { $lt: _id } }, { sort: { _id: -1 } });
    await renewals().updateOne({ _id: TOKEN_RENEWAL_ID }, { $set: { after: before!._id } });
    await index.renewSome(new Date());
    expect(meanwhile).toHaveBeenCalledTimes(1);
    expect(await names('changed')).toEqual(['Changed']);
    expect(await names('obrien')).toEqual([]);
  });
});

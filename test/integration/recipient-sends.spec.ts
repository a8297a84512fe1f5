import { workspaceId } from '../../src/platform/ids';
import { RecipientSends } from '../../src/sending';
import { startTestApp, type TestApp } from '../support/test-app';

/** What counts at an address, as the store keeps it. */
describe('sends to a recipient', () => {
  // Of today: what is older is deleted by the store.
  const now = new Date();
  const limits = { maxMessagesPerPersonPerDay: 2, minHoursBetweenCampaigns: 0 };
  let test: TestApp;
  let sends: RecipientSends;
  let serial = 0;
  let address: string;

  beforeAll(async () => {
    test = await startTestApp();
    sends = test.app.get(RecipientSends);
  });
  afterAll(() => test.close());
  beforeEach(() => (address = `+1206555${String((serial += 1)).padStart(4, '0')}`));

  const of = (messageId: string, token: string) => ({ workspaceId: workspaceId('org_sends'), address, messageId, token });
  const reserve = (messageId: string, token = 't') => {
    const wanted = { messageId, campaignId: 'c', isFirst: true, zones: ['UTC'] };
    return sends.reserve(of(messageId, token), wanted, { limits, now });
  };
  const isFree = async (messageId: string) => {
    const verdict = await reserve(messageId);
    return verdict !== 'contended' && verdict.free;
  };

  it('a claim that is given back late takes nothing from the one that followed it', async () => {
    await reserve('a', 'dead');
    await reserve('a', 'alive');
    await sends.releaseAll('a', 'dead');
    await sends.release(of('a', 'dead'));
    expect([await isFree('b'), await isFree('c')]).toEqual([true, false]);
  });

  it('what is given back makes room, once', async () => {
    await reserve('a');
    await reserve('b');
    await sends.release(of('b', 't'));
    await sends.release(of('b', 't'));
    expect([await isFree('c'), await isFree('d')]).toEqual([true, false]);
  });

  it('no more than the limit are counted, however many want to be at once', async () => {
    const verdicts = await Promise.all(Array.from({ length: 12 }, (_, index) => reserve(`m${index}`)));
    const taken = verdicts.filter((verdict) => verdict !== 'contended' && verdict.free);
    expect(taken.length).toBeLessThanOrEqual(2);
    expect(taken.length).toBeGreaterThan(0);
  });

  it('a workspace counts for itself', async () => {
    await reserve('a');
    await reserve('b');
    const wanted = { messageId: 'x', campaignId: null, isFirst: true, zones: ['UTC'] };
    const other = { ...of('x', 't'), workspaceId: workspaceId('org_other') };
    expect(await sends.reserve(other, wanted, { limits, now })).toMatchObject({ free: true });
  });
});

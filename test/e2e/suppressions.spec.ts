import { Workspaces } from '../../src/auth';
import { ACCEPTED, BridgeDesk } from '../support/bridge-desk';
import { NOW, SOON } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { startTestApp, type TestApp } from '../support/test-app';

/** Who must not be written to, and what becomes of messages for them. */
describe('suppressions', () => {
  let test: TestApp;
  let desk: BridgeDesk;
  let serial = 0;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    serial += 1;
    desk = await BridgeDesk.at(test);
  });
  afterEach(() => desk.leave());

  const phone = (ending: number) => `+1206${String(2_000_000 + serial * 100 + ending)}`;
  const twoSteps = [
    { template: 'First', wait: NOW },
    { template: 'Second', wait: SOON },
  ];
  const answer = (address: string, text: string, more: object = {}) => test.simulator.reply({ address, text, ...more });
  /** Those of the test's own people: a new line also finds what others have answered on the same Mac. */
  const isMine = ({ address }: { address: string | null }) =>
    !address?.startsWith('+') || address.startsWith(phone(0).slice(0, -2));
  const suppressions = async (query = '') =>
    (await desk.tenant.get(`/suppressions?${query}`).expect(200)).body.suppressions.filter(isMine);
  const replies = async (query: string) => (await desk.tenant.get(`/replies?${query}`).expect(200)).body.replies;
  const from = (address: string) => `recipientPhone=${encodeURIComponent(address)}`;
  const suppressed = (address: string) =>
    eventually(async () => (await suppressions(`address=${encodeURIComponent(address)}`))[0]);
  const suppress = async (body: object) => (await desk.tenant.post('/suppressions', body).expect(201)).body;
  const enrol = async (campaign: string, leadId: string) =>
    (await desk.tenant.post(`/campaigns/${campaign}/leads`, { leadId }).expect(200)).body;
  /** A campaign that nobody of the list is in yet. */
  const empty = async (steps: object[] = twoSteps) => {
    const { body } = await desk.tenant.post('/lists', { name: 'Others' }).expect(201);
    return desk.launched(steps, { listId: body._id });
  };

  describe('a word', () => {
    it('stops every campaign and direct message to the person, on every phone number and e-mail that they have', async () => {
      const { lead, campaign } = await desk.begun({ phone: phone(31), altPhone1: phone(32), altEmail1: 'ann@example.com' }, [
        { template: 'First', wait: NOW },
        { template: 'Later', wait: { amount: 3, unit: 'days' }, onlyIfNoReply: false },
      ]);
      const scheduled = await desk.direct({
        recipientPhone: phone(32),
        scheduledDate: new Date(Date.now() + 3_600_000).toISOString(),
      });
      await answer(phone(31), 'STOP');
      expect(await suppressed(phone(31))).toMatchObject({
        address: phone(31),
        channel: 'phone',
        reason: 'opted_out',
        source: 'reply',
        text: 'STOP',
        leadIds: [lead],
        via: [],
      });
      expect(await desk.become(scheduled, 'cancelled')).toMatchObject({ reason: 'opted_out' });
      expect(await desk.step(campaign, lead, 1, 'cancelled')).toMatchObject({ reason: 'opted_out' });
      const byEmail = { recipientEmail: 'ann@example.com', messageType: 'imessage' };
      for (const recipient of [{ recipientPhone: phone(31) }, { recipientPhone: phone(32) }, { leadId: lead }, byEmail]) {
        const { body } = await desk.tenant.post('/messages', { message: 'Hi', ...recipient }).expect(409);
        expect(body).toMatchObject({ code: 'RECIPIENT_SUPPRESSED', suppression: { reason: 'opted_out', channel: 'phone' } });
      }
      const { body: enrolled } = await desk.tenant.get(`/campaigns/${campaign}/leads`).expect(200);
      expect(enrolled.enrollments).toMatchObject([{ leadId: lead, status: 'stopped', stopReason: 'opted_out' }]);
      const second = await empty();
      expect(await enrol(second, lead)).toEqual({
        success: true,
        leadId: lead,
        externalId: null,
        campaignId: second,
        messageCount: 0,
        skipped: 'suppressed',
        message: 'Lead not enrolled: the person must not be written to',
      });
      expect(desk.texts(phone(31))).toEqual(['First']);
      expect(desk.texts(phone(32))).toEqual([]);
      const [reply] = await replies(`leadId=${lead}`);
      expect(reply.kind).toBe('opt_out');
      const { body: report } = await desk.tenant.get(`/campaigns/${campaign}/report`).expect(200);
      expect(report).toMatchObject({ optOuts: 1, steps: [{ optOuts: 1 }, { optOuts: 0 }] });
    });

    it('of START lifts it, with what was derived, and what is sent then goes out', async () => {
      const { lead } = await desk.begun({ phone: phone(31), altPhone1: phone(32) });
      await answer(phone(31), 'STOP');
      await suppressed(phone(31));
      await desk.tenant.delete(`/leads/${lead}`).expect(200);
      expect((await suppressions()).map(({ address, via }: { address: string; via: string[] }) => [address, via.length])).toEqual(
        [
          [phone(32), 1],
          [phone(31), 0],
        ],
      );
      const [again] = await desk.leads([{ phone: phone(32) }]);
      const campaign = await empty();
      expect((await enrol(campaign, again!)).skipped).toBe('suppressed');
      await answer(phone(31), 'START');
      await eventually(async () => (await suppressions()).length === 0);
      expect(await enrol(campaign, again!)).toMatchObject({ messageCount: 2 });
      await desk.step(campaign, again!, 0, ...ACCEPTED);
      expect(desk.texts(phone(32))).toEqual(['First']);
    });

    it('of START lifts it also from an address that was covered through a lead that is gone', async () => {
      const { lead } = await desk.begun({ phone: phone(31), altPhone1: phone(32) });
      await answer(phone(31), 'STOP');
      await suppressed(phone(31));
      await desk.tenant.delete(`/leads/${lead}`).expect(200);
      await answer(phone(32), 'START');
      await eventually(async () => (await suppressions()).length === 0);
    });

    it('that comes late, after a newer one, changes nothing', async () => {
      await desk.begun({ phone: phone(31) });
      await answer(phone(31), 'STOP');
      await suppressed(phone(31));
      await answer(phone(31), 'START');
      await eventually(async () => (await suppressions()).length === 0);
      await answer(phone(31), 'STOP', { dateOffsetMs: -10_000 });
      await eventually(async () => (await replies(from(phone(31)))).length === 3);
      expect(await suppressions()).toEqual([]);
    });
  });

  describe('a list', () => {
    it('takes one or many, names what cannot be read, and has each once, in whatever spelling', async () => {
      const one = await suppress({ address: 'Ann@BÜCHER.example', note: 'asked by phone' });
      expect(one).toMatchObject({
        saved: 1,
        existing: 0,
        suppression: {
          address: 'ann@xn--bcher-kva.example',
          channel: 'all',
          reason: 'manual',
          source: 'api',
          note: 'asked by phone',
          createdBy: expect.stringMatching(/^key:[0-9a-f]{24}$/),
        },
      });
      const { body } = await desk.tenant
        .post('/suppressions', {
          suppressions: [
            { address: 'ann@xn--bcher-kva.example' },
            { address: 'Zoe\u0308@example.com' },
            { address: 'zo\u00eb@example.com' },
            { domain: 'Example.ORG' },
            { address: 'nonsense' },
            { address: 'a@b.example', domain: 'b.example' },
            { address: phone(31), channel: 'fax' },
            'text',
          ],
        })
        .expect(201);
      expect(body).toMatchObject({ saved: 2, existing: 2, invalidCount: 4 });
      expect(body.invalid.map(({ index, field }: { index: number; field: string }) => [index, field])).toEqual([
        [4, 'address'],
        [5, 'address'],
        [6, 'channel'],
        [7, 'suppression'],
      ]);
      expect(await suppressions('address=example.org')).toMatchObject([{ domain: 'example.org', address: null }]);
      expect((await suppressions('reason=manual&channel=all&source=api')).length).toBe(3);
      expect(await suppressions('reason=opted_out')).toEqual([]);
      const { text, headers } = await desk.tenant.get('/suppressions/export').expect(200);
      expect(headers['content-type']).toContain('text/csv');
      expect(text.split('\n')[0]).toBe('\ufeffaddress,domain,channel,reason,source,text,note,createdAt,createdBy,tuco:derived');
      expect(text.trim().split('\n')).toHaveLength(4);
    });

    it.each([
      [{}, 'address'],
      [{ address: 'x', more: 1 }, 'more'],
      [{ suppressions: [] }, 'suppressions'],
      [{ suppressions: {} }, 'suppressions'],
      [{ address: '+12065550131', reason: 'review' }, 'reason'],
      [{ domain: 'not a domain' }, 'domain'],
    ])('refuses %j with the name of the field', async (body, field) => {
      const { body: refused } = await desk.tenant.post('/suppressions', body).expect(400);
      expect(refused.details[0].field).toBe(field);
    });

    it('stops leads by domain, each address for itself, and passes to the next', async () => {
      await suppress({ domain: 'example.org' });
      const [both, only] = await desk.leads([
        { email: 'ann@example.org', altEmail1: 'ann@example.net' },
        { email: 'bob@example.org' },
      ]);
      const campaign = await desk.launched([{ template: 'First', wait: NOW }]);
      await desk.step(campaign, both!, 0, ...ACCEPTED);
      expect(desk.texts('ann@example.net')).toEqual(['First']);
      expect(await desk.campaign(campaign)).toMatchObject({ enrolling: { enrolled: 1, suppressed: 1, total: 2 } });
      expect((await desk.messages(campaign, only)).length).toBe(0);
    });

    it('is lifted with a word of confirmation where the person opted out, and says so afterwards', async () => {
      const { suppression } = await suppress({ address: phone(31), reason: 'opted_out' });
      const path = `/suppressions/${suppression._id}`;
      expect((await desk.tenant.get(path).expect(200)).body).toEqual(suppression);
      expect((await desk.tenant.delete(path).expect(409)).body.code).toBe('CONFIRMATION_NEEDED');
      await desk.tenant.delete(`${path}?confirm=maybe`).expect(400);
      await desk.tenant.delete(`${path}?confirm=person-asked`).expect(200);
      expect((await desk.tenant.get(path).expect(404)).body.code).toBe('SUPPRESSION_NOT_FOUND');
      const records = await test.connection.collection('liftedSuppressions').find({ workspaceId: desk.tenant.id }).toArray();
      expect(records).toMatchObject([{ key: phone(31), how: 'api', liftedBy: expect.stringMatching(/^key:/) }]);
    });

    it('cancels what waits, a person at a time or thousands, and belongs to one workspace alone', async () => {
      const later = new Date(Date.now() + 3_600_000).toISOString();
      const ids = await Promise.all([31, 32, 33].map((n) => desk.direct({ recipientPhone: phone(n), scheduledDate: later })));
      const other = await BridgeDesk.at(test, 1);
      const theirs = await other.direct({ recipientPhone: phone(31), scheduledDate: later });
      await suppress({ address: phone(31) });
      expect(await desk.message(ids[0]!)).toMatchObject({ status: 'cancelled', reason: 'opted_out' });
      const many = Array.from({ length: 60 }, (_, n) => ({ address: phone(32 + n) }));
      await suppress({ suppressions: many });
      for (const id of ids.slice(1)) expect(await desk.become(id, 'cancelled')).toMatchObject({ reason: 'opted_out' });
      expect(await other.message(theirs)).toMatchObject({ status: 'scheduled' });
      expect((await other.tenant.get('/suppressions').expect(200)).body.suppressions).toEqual([]);
    });
  });

  it('a bad address is passed over, and cancels nothing', async () => {
    const later = new Date(Date.now() + 1_500).toISOString();
    const id = await desk.direct({ recipientPhone: phone(31), recipientEmail: 'ann@example.net', scheduledDate: later });
    await suppress({ address: phone(31), reason: 'invalid' });
    expect(await desk.become(id, ...ACCEPTED)).toMatchObject({ recipientEmail: 'ann@example.net' });
    expect((await desk.tenant.post('/messages', { message: 'Hi', recipientPhone: phone(31) }).expect(409)).body).toMatchObject({
      suppression: { reason: 'invalid' },
    });
  });

  it('is taken in a workspace that may only read', async () => {
    await test.app.get(Workspaces).setReadOnly(desk.tenant.id, 'past_due');
    await eventually(async () => (await desk.tenant.post('/lists', {})).status === 402);
    await suppress({ address: phone(31) });
  });

  it('an address that many leads hold counts for itself alone, but for the one who answered', async () => {
    const switchboard = phone(40);
    const others = await desk.leads([1, 2, 3, 4].map((n) => ({ phone: phone(40 + n), altPhone1: switchboard })));
    const { lead } = await desk.begun({ phone: switchboard, altPhone1: phone(50) });
    await answer(switchboard, 'STOP');
    await suppressed(switchboard);
    expect((await enrol(await empty(), lead)).skipped).toBe('suppressed');
    const id = await desk.direct({ leadId: others[0] });
    await desk.become(id, ...ACCEPTED);
    expect(desk.texts(phone(41)).at(-1)).toBe('Hi');
  });

  it('a review is not asked for by a START alone, and nothing is lifted that no word wrote', async () => {
    await suppress({ address: phone(31), reason: 'manual' });
    await answer(phone(31), 'START');
    await eventually(async () => (await replies(from(phone(31)))).length === 1);
    expect(await suppressions()).toMatchObject([{ reason: 'manual' }]);
  });
});

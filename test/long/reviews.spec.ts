import { ACCEPTED, BridgeDesk } from '../support/bridge-desk';
import { eventually } from '../support/eventually';
import { runs } from '../support/runs';
import { startTestApp, type TestApp } from '../support/test-app';

/** Replies of which nobody can tell by rule whether the person opted out. */
describe('a reply under review', () => {
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

  const phone = (ending: number) => `+1206${String(3_000_000 + serial * 100 + ending)}`;
  const answer = (address: string, text: string) => test.simulator.reply({ address, text });
  /** Those of the test's own people: a new line also finds what others have answered on the same Mac. */
  const isMine = ({ address }: { address: string | null }) => !address || address.startsWith(phone(0).slice(0, -2));
  const suppressions = async (query = '') =>
    (await desk.tenant.get(`/suppressions?${query}`).expect(200)).body.suppressions.filter(isMine);
  const replies = async (query: string) => (await desk.tenant.get(`/replies?${query}`).expect(200)).body.replies;
  const from = (address: string) => `recipientPhone=${encodeURIComponent(address)}`;
  const ask = 'please stop sending me so many of these';
  const underReview = async (address: string) => {
    await answer(address, ask);
    return eventually(async () => (await replies(`needsReview=true&${from(address)}`))[0]);
  };

  it('holds what is for the person, and lets it go once it is an ordinary reply', async () => {
    await desk.begun({ phone: phone(31) });
    const reply = await underReview(phone(31));
    expect(reply).toMatchObject({ kind: 'review', message: ask, reviewedAs: null });
    const id = await desk.direct({ recipientPhone: phone(31) });
    const held = await eventually(async () => {
      const message = await desk.message(id);
      return message.waitingFor?.reason === 'review' && message;
    });
    expect(held).toMatchObject({
      status: 'queued',
      waitingFor: { words: `somebody has to say whether the person opted out: ${ask}` },
    });
    await desk.tenant.post(`/replies/${reply.messageId}/review`, { as: 'reply' }).expect(200);
    await desk.become(id, ...ACCEPTED);
    expect(await suppressions()).toEqual([]);
    expect((await desk.tenant.post(`/replies/${reply.messageId}/review`, { as: 'opt_out' }).expect(409)).body.code).toBe(
      'NOT_UNDER_REVIEW',
    );
  });

  it('cancels it once it is an opt-out', async () => {
    await desk.begun({ phone: phone(31) });
    const reply = await underReview(phone(31));
    const id = await desk.direct({ recipientPhone: phone(31) });
    const { body } = await desk.tenant.post(`/replies/${reply.messageId}/review`, { as: 'opt_out' }).expect(200);
    expect(body).toMatchObject({ kind: 'review', reviewedAs: 'opt_out' });
    expect(await desk.become(id, 'cancelled')).toMatchObject({ reason: 'opted_out' });
    expect(await suppressions()).toMatchObject([{ reason: 'opted_out', source: 'review', address: phone(31) }]);
  });

  it('counts as an opt-out when nobody has decided in time', async () => {
    await desk.begun({ phone: phone(31) });
    const reply = await underReview(phone(31));
    const collection = test.connection.collection('suppressions');
    await collection.updateOne(
      { workspaceId: desk.tenant.id, address: phone(31) },
      { $set: { reviewUntil: new Date(Date.now() - 1_000) } },
    );
    const [row] = await eventually(async () => {
      const rows = await suppressions('reason=opted_out');
      return rows.length > 0 && rows;
    });
    expect(row).toMatchObject({ source: 'review', text: ask });
    const [decided] = await replies(`kind=review&${from(phone(31))}`);
    expect(decided).toMatchObject({ messageId: reply.messageId, reviewedAs: 'opt_out' });
  });

  const isOver = async (address: string) => {
    const collection = test.connection.collection('suppressions');
    const mine = { $regex: `^\\${phone(0).slice(0, -2)}` };
    const query = { workspaceId: desk.tenant.id, reason: 'review', address: mine };
    await collection.updateMany(query, { $set: { reviewUntil: new Date(Date.now() - 1_000) } });
    await eventually(async () => (await collection.countDocuments(query)) === 0);
    return suppressions(`address=${encodeURIComponent(address)}`);
  };

  it.each([
    ['by somebody', (reply: string) => desk.tenant.post(`/replies/${reply}/review`, { as: 'opt_out' }).expect(200)],
    ['by the end of its time', () => isOver(phone(31))],
  ])('covers the addresses of a lead that is gone, once it is decided %s', async (_, decide) => {
    const { lead } = await desk.begun({ phone: phone(31), altPhone1: phone(32) });
    const reply = await underReview(phone(31));
    await desk.tenant.delete(`/leads/${lead}`).expect(200);
    await decide(reply.messageId);
    const rows = await suppressions();
    expect(rows.map(({ address, reason, source }: Record<string, string>) => [address, reason, source])).toEqual([
      [phone(32), 'opted_out', 'review'],
      [phone(31), 'opted_out', 'review'],
    ]);
    expect(rows[0].via).toEqual([rows[1]._id]);
    const again = await desk.tenant.post('/messages', {
      message: 'Hello again',
      messageType: 'imessage',
      recipientPhone: phone(32),
    });
    expect(again.body.code).toBe('RECIPIENT_SUPPRESSED');
    // One START from the address that the person wrote from lifts both.
    await answer(phone(31), 'START');
    await eventually(async () => (await suppressions()).length === 0);
  });

  it('leaves nobody held whose other addresses went with the lead, once it is an ordinary reply', async () => {
    const { lead } = await desk.begun({ phone: phone(31), altPhone1: phone(32) });
    const reply = await underReview(phone(31));
    await desk.tenant.delete(`/leads/${lead}`).expect(200);
    expect(await suppressions()).toHaveLength(2);
    await desk.tenant.post(`/replies/${reply.messageId}/review`, { as: 'reply' }).expect(200);
    expect(await suppressions()).toEqual([]);
  });

  it('goes on for another reply of the person that nobody has decided on', async () => {
    await desk.begun({ phone: phone(31) });
    const first = await underReview(phone(31));
    await answer(phone(31), 'leave me alone');
    const [second] = await eventually(async () => {
      const all = await replies(`needsReview=true&${from(phone(31))}`);
      return all.length === 2 && all;
    });
    await desk.tenant.post(`/replies/${first.messageId}/review`, { as: 'reply' }).expect(200);
    expect(await suppressions()).toMatchObject([{ reason: 'review', address: phone(31), text: 'leave me alone' }]);
    expect(await isOver(phone(31))).toMatchObject([{ reason: 'opted_out', text: 'leave me alone' }]);
    expect((await desk.tenant.post(`/replies/${second.messageId}/review`, { as: 'reply' }).expect(409)).body.code).toBe(
      'NOT_UNDER_REVIEW',
    );
  });

  it('goes on for another reply also where the lead is gone, with all of its addresses', async () => {
    const { lead } = await desk.begun({ phone: phone(31), altPhone1: phone(32) });
    const first = await underReview(phone(31));
    await answer(phone(31), 'leave me alone');
    await eventually(async () => (await replies(`needsReview=true&${from(phone(31))}`)).length === 2);
    await desk.tenant.delete(`/leads/${lead}`).expect(200);
    await desk.tenant.post(`/replies/${first.messageId}/review`, { as: 'reply' }).expect(200);
    expect(await suppressions()).toMatchObject([
      { reason: 'review', address: phone(32), text: 'leave me alone' },
      { reason: 'review', address: phone(31), text: 'leave me alone' },
    ]);
    await isOver(phone(31));
    expect(await suppressions()).toMatchObject([
      { reason: 'opted_out', address: phone(32) },
      { reason: 'opted_out', address: phone(31) },
    ]);
  });

  it('holds nobody once all of their replies are ordinary, decided at the same moment', async () => {
    for (let round = 0; round < runs(5); round += 1) {
      const from = phone(40 + round);
      await desk.begun({ phone: from });
      await answer(from, ask);
      await answer(from, 'leave me alone');
      const all = await eventually(async () => {
        const found = await replies(`needsReview=true&recipientPhone=${encodeURIComponent(from)}`);
        return found.length === 2 && (found as { messageId: string }[]);
      });
      await Promise.all(
        all.map(({ messageId }) => desk.tenant.post(`/replies/${messageId}/review`, { as: 'reply' }).expect(200)),
      );
      expect(await suppressions()).toEqual([]);
    }
  });

  it('becomes the opt-out of whoever shared an address with somebody who was erased meanwhile', async () => {
    const { lead } = await desk.begun({ phone: phone(31), altPhone1: phone(32) });
    await underReview(phone(31));
    await desk.tenant.patch(`/leads/${lead}`, { altPhone1: '' }).expect(200);
    expect(await suppressions()).toHaveLength(2);
    await desk.tenant.delete(`/leads/${lead}?erase=true`).expect(202);
    await eventually(async () => (await suppressions(`address=${encodeURIComponent(phone(31))}`))[0]?.address === null);
    expect(await isOver(phone(32))).toMatchObject([{ reason: 'opted_out', source: 'review', address: phone(32) }]);
  });
});

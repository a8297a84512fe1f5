import { CampaignDesk, MUCH_LATER, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

interface ShownReply {
  messageId: string;
  message: string;
  parentMessages: { message: string }[];
  recentReplies: { messageId: string; message: string }[];
}

/** Replies, as clients of the public API read them. */
describe('the public API: replies', () => {
  let test: TestApp;
  let tenant: Tenant;
  let serial = 0;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
    serial += 1;
  });

  const phone = (ending: number) => `+1718${String(3_000_000 + serial * 100 + ending)}`;
  const replies = async (query: string) => (await tenant.get(`/replies?${query}`).expect(200)).body.replies as ShownReply[];
  const from = (address: string) => replies(`recipientPhone=${encodeURIComponent(address)}`);
  const answer = async (address: string, text: string) => {
    await test.simulator.reply({ address, text });
    return eventually(async () => (await from(address)).find(({ message }) => message === text));
  };
  const sent = async (body: object) => {
    const { _id } = (await tenant.post('/messages', { message: 'Hi', ...body })).body.message;
    return eventually(async () => {
      const message = (await tenant.get(`/messages/${_id}`).expect(200)).body;
      return message.status === 'delivered' && message;
    });
  };

  it('rows 5 and 6: of a campaign: the filter, the campaign, the step that was answered, and who wrote', async () => {
    await test.line(tenant);
    const desk = await new CampaignDesk(test, tenant).open();
    const [lead] = await desk.leads([{ phone: phone(31), firstName: 'Ada', lastName: 'Lovelace' }]);
    const campaignId = await desk.launched([
      { template: 'One', wait: NOW },
      { template: 'Two', wait: MUCH_LATER },
    ]);
    const first = await desk.step(campaignId, lead!, 0, 'delivered');
    const reply = await answer(phone(31), 'Yes please');
    expect(reply).toMatchObject({
      leadId: lead,
      name: 'Ada Lovelace',
      campaignId,
      parentMessages: [
        { messageId: first._id, message: 'One', sentAtUtc: first.sentAt, batchId: null, stepIndex: 0, campaignId },
      ],
      recentReplies: [{ messageId: reply.messageId, message: 'Yes please', receivedAtUtc: expect.any(String) }],
    });
    expect(await replies(`campaignId=${campaignId}`)).toEqual([reply]);
    expect(await replies(`messageId=${first._id}`)).toEqual([reply]);
    expect(await replies(`campaignId=${'0'.repeat(24)}`)).toEqual([]);
    expect(await replies(`messageId=${reply.messageId}`)).toEqual([]);
  });

  it('row 6: of a direct send: its label, no campaign, what had been said before, and not what came after', async () => {
    await test.line(tenant);
    await sent({ recipientPhone: phone(32), message: 'First', batchId: 'june' });
    await answer(phone(32), 'One moment');
    const second = await sent({ recipientPhone: phone(32), message: 'Second' });
    await sent({ recipientPhone: phone(33), message: 'To somebody else' });
    await answer(phone(32), 'Here I am');
    const [later, earlier] = await from(phone(32));
    expect(earlier).toMatchObject({ name: null, campaignId: null, parentMessages: [{ message: 'First', batchId: 'june' }] });
    expect(earlier!.recentReplies.map(({ message }) => message)).toEqual(['One moment']);
    expect(later!.parentMessages.map(({ message }) => message)).toEqual(['Second', 'First']);
    expect(later!.recentReplies.map(({ message }) => message)).toEqual(['Here I am', 'One moment']);
    expect(await replies(`messageId=${second._id}`)).toEqual([later]);
  });

  it('row 6: at most ten messages each way', async () => {
    await test.line(tenant);
    for (let n = 1; n <= 11; n += 1) await sent({ recipientPhone: phone(34), message: `Word ${n}` });
    const reply = await answer(phone(34), 'Enough words');
    expect(reply.parentMessages.map(({ message }) => message)).toEqual(
      Array.from({ length: 10 }, (_, index) => `Word ${11 - index}`),
    );
  });
});

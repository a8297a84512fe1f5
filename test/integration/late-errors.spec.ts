import { LinesService } from '../../src/lines';
import { Messages } from '../../src/messages';
import { Transactions } from '../../src/platform/mongo';
import { RecipientClaims } from '../../src/sending';
import { eventually } from '../support/eventually';
import { SendDesk } from '../support/send-desk';
import { startTestApp, type TestApp } from '../support/test-app';

describe('a late error', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp({ APP_ROLE: 'api' });
  });
  afterAll(() => test.close());

  it('of a delivered message keeps a receipt that comes at the same moment', async () => {
    const desk = new SendDesk([test], await test.tenant());
    const line = await test.line(desk.tenant);
    const id = await desk.direct({ recipientEmail: 'late@example.com' });
    await desk.run(await desk.turnOf(id));
    const messages = test.app.get(Messages);
    const transactions = test.app.get(Transactions);
    const sent = (await messages.findForJob(id))!;
    await transactions.run((transaction) => messages.receipt(sent, 'delivered', new Date(), transaction));

    // The read receipt is saved right before the error is.
    const settle = messages.settle.bind(messages);
    jest.spyOn(messages, 'settle').mockImplementationOnce(async (...args) => {
      await transactions.run((transaction) => messages.receipt(sent, 'read', new Date(), transaction));
      return settle(...args);
    });
    const data = { guid: sent.externalMessageId, isFromMe: true, error: 25 };
    const callback = new URL(test.app.get(LinesService).inboundUrl(line)!).pathname.replace('/api', '');
    await desk.tenant.post(callback, { type: 'message-send-error', data }).expect(200);
    const after = await eventually(async () => {
      const message = (await messages.findForJob(id))!;
      return message.readAt !== null && message.attempts[0]!.code !== null && message;
    });
    expect(after).toMatchObject({ status: 'delivered', readAt: expect.any(Date), attempts: [{ code: expect.any(String) }] });
  });

  it.each([
    ['still knows somebody to whom it has sent another message', 2, true],
    ['knows nobody more to whom it has sent nothing else', 1, false],
  ])('of the first message to somebody: the line %s', async (_what, count, isKnown) => {
    // What is delivered cannot fail.
    test.simulator.control({ receipts: false });
    const desk = new SendDesk([test], await test.tenant());
    const line = await test.line(desk.tenant);
    const address = `late${count}@example.com`;
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const id = await desk.direct({ recipientEmail: address });
      await desk.run(await desk.turnOf(id));
      ids.push(id);
    }
    const claims = test.app.get(RecipientClaims, { strict: false });
    const known = async () => (await claims.knownTo({ id: line.id, workspaceId: desk.tenant.id }, [address])).size > 0;
    expect(await known()).toBe(true);
    const first = (await test.app.get(Messages).findForJob(ids[0]!))!;
    const data = { guid: first.externalMessageId, isFromMe: true, error: 22 };
    const callback = new URL(test.app.get(LinesService).inboundUrl(line)!).pathname.replace('/api', '');
    await desk.tenant.post(callback, { type: 'message-send-error', data }).expect(200);
    await eventually(async () => (await test.app.get(Messages).findForJob(ids[0]!))!.attempts[0]!.code !== null);
    expect(await known()).toBe(isKnown);
  });
});

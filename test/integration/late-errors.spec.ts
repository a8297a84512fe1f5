import { LinesService } from '../../src/lines';
import { Messages } from '../../src/messages';
import { Transactions } from '../../src/platform/mongo';
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
});

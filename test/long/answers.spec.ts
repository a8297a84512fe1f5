import { Workspaces } from '../../src/auth';
import { Messages, newMessage } from '../../src/messages';
import { becomeDue } from '../../src/messages/domain/message-transitions';
import { Ids } from '../../src/platform/ids';
import { Transactions } from '../../src/platform/mongo';
import { Ticks } from '../../src/platform/ticks';
import { BridgeDesk } from '../support/bridge-desk';
import { MUCH_LATER, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { startTestApp, type TestApp } from '../support/test-app';

const HELP = 'Acme alerts. Questions: help@acme.example. Reply STOP to end. {not a field}';
const CONFIRMED = 'You get no more texts from Acme. Reply START to get them again.';

/** What the product says by itself: to HELP, and to somebody who opted out. */
describe('answers of the product', () => {
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

  const phone = (ending: number) => `+1206${String(4_000_000 + serial * 100 + ending)}`;
  const first = [{ template: 'First', wait: NOW }];
  const decide = (settings: object) => desk.tenant.patch('/workspace', settings).expect(200);
  const answer = (address: string, text: string) => test.simulator.reply({ address, text });
  const messages = async () => (await desk.tenant.get('/messages?limit=100').expect(200)).body.messages;
  /** Those of the test's own people: a new line also finds what others have answered on the same Mac. */
  const ofKind = async (kind: string) =>
    (await messages()).filter(
      (message: { kind: string; recipientPhone: string | null }) =>
        message.kind === kind && message.recipientPhone?.startsWith(phone(0).slice(0, -2)),
    );
  const suppressed = (address: string) =>
    eventually(async () => {
      const { body } = await desk.tenant.get(`/suppressions?address=${encodeURIComponent(address)}`).expect(200);
      return body.suppressions[0];
    });
  const heard = (address: string, ...texts: string[]) =>
    eventually(async () => desk.texts(address).length >= texts.length).then(() => expect(desk.texts(address)).toEqual(texts));

  it('confirms an opt-out once, on the same line, while all else is stopped', async () => {
    await decide({ optOutConfirmation: CONFIRMED });
    const { lead, campaign } = await desk.begun({ phone: phone(31) }, [
      { template: 'First', wait: NOW },
      { template: 'Second', wait: MUCH_LATER },
    ]);
    await answer(phone(31), 'STOP');
    await heard(phone(31), 'First', CONFIRMED);
    await desk.step(campaign, lead, 1, 'cancelled');
    const [confirmation] = await ofKind('confirmation');
    const [first] = await ofKind('campaign');
    expect(confirmation).toMatchObject({ leadId: lead, campaignId: null, recipientPhone: phone(31), message: CONFIRMED });
    expect(confirmation.fromLineId).toBe(first.fromLineId);
    await answer(phone(31), 'Stop');
    await eventually(async () => (await desk.tenant.get(`/replies?leadId=${lead}`)).body.replies.length === 2);
    expect(await ofKind('confirmation')).toHaveLength(1);
    // Whoever opted in and out again is told again, though not within minutes.
    expect((await desk.tenant.post('/messages', { message: 'Hi', leadId: lead })).status).toBe(409);
  });

  it('says nothing where the workspace has no text for it, and takes none that is empty or too long', async () => {
    const { lead } = await desk.begun({ phone: phone(31) }, first);
    await answer(phone(31), 'HELP');
    await answer(phone(31), 'STOP');
    await suppressed(phone(31));
    await eventually(async () => (await desk.tenant.get(`/replies?leadId=${lead}`)).body.replies.length === 2);
    expect(desk.texts(phone(31))).toEqual(['First']);
    for (const [field, value] of [
      ['helpText', ''],
      ['helpText', 'x'.repeat(1_001)],
      ['optOutConfirmation', '  '],
      ['postalAddress', 'x'.repeat(501)],
    ] as const) {
      const { body } = await desk.tenant.patch('/workspace', { [field]: value }).expect(400);
      expect(body.details).toMatchObject([{ field }]);
    }
  });

  it('answers HELP with the text as it stands: to a lead, to a stranger, and to somebody who opted out', async () => {
    await decide({ helpText: HELP });
    await desk.begun({ phone: phone(31) }, first);
    await answer(phone(31), 'help');
    await heard(phone(31), 'First', HELP);
    await answer(phone(40), 'INFO');
    await heard(phone(40), HELP);
    await answer(phone(41), 'STOP');
    await suppressed(phone(41));
    await answer(phone(41), 'HELP');
    await heard(phone(41), HELP);
    // A question is a reply, and a machine that asks again at once is left alone.
    await answer(phone(31), 'Help me, please');
    await answer(phone(31), 'HELP');
    await eventually(async () => {
      const { body } = await desk.tenant.get(`/replies?recipientPhone=${encodeURIComponent(phone(31))}`);
      return body.replies.length === 3;
    });
    expect(await ofKind('help')).toHaveLength(3);
    expect(desk.texts(phone(31))).toEqual(['First', HELP]);
  });

  it('answers at any hour, whatever else may not go out now, and beyond the limit of a day', async () => {
    const now = new Date();
    const hour = String((now.getUTCHours() + 12) % 24).padStart(2, '0');
    await decide({
      helpText: HELP,
      maxMessagesPerPersonPerDay: 1,
      quietHours: [{ days: [now.getUTCDay()], from: `${hour}:00`, to: `${hour}:01` }],
    });
    const held = await desk.direct({ recipientPhone: phone(31) });
    await answer(phone(31), 'HELP');
    await heard(phone(31), HELP);
    const { body } = await desk.tenant.get(`/messages/${held}`).expect(200);
    expect(['queued', 'failed']).toContain(body.status);
  });

  it('drops an answer that would come too late', async () => {
    const messagesOf = test.app.get(Messages);
    const before = new Date(Date.now() - 6 * 60_000);
    const id = test.app.get(Ids).next();
    const { id: workspaceId } = desk.tenant;
    const fields = { id, workspaceId, kind: 'help' as const, channel: 'imessage', recipients: [phone(31)], template: HELP };
    const late = becomeDue(newMessage({ ...fields, dueAt: before }, before), before).message;
    await test.app.get(Transactions).run((transaction) => messagesOf.insertMany([late], transaction));
    await test.app.get(Ticks).now('end late answers');
    expect(await desk.become(id, 'cancelled')).toMatchObject({ kind: 'help', reason: 'too_late' });
    expect(desk.texts(phone(31))).toEqual([]);
  });

  it('belongs to the workspace that was written to, and waits for none that may only read', async () => {
    await decide({ helpText: HELP });
    await test.app.get(Workspaces).setReadOnly(desk.tenant.id, 'past_due');
    await answer(phone(31), 'HELP');
    // Whoever has not heard of it yet gives it a turn, and takes that back.
    await eventually(async () => (await ofKind('help'))[0]?.status === 'queued');
    await test.app.get(Workspaces).setReadOnly(desk.tenant.id, null);
    const other = await test.tenant();
    expect((await other.get('/messages').expect(200)).body.messages).toEqual([]);
  });
});

import { CampaignDesk, MUCH_LATER, NOW, type ShownMessage, SOON } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** What a campaign sends, to whom, when, and what keeps it from it. */
describe('sequences', () => {
  let test: TestApp;
  let tenant: Tenant;
  let desk: CampaignDesk;
  let serial = 0;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
    desk = await new CampaignDesk(test, tenant).open();
    serial += 1;
  });
  afterEach(() => void test.simulator.control({ reset: true }));

  /** Numbers of this test alone, with iMessage unless told otherwise. */
  const phone = (ending: number) => `+1312${String(2_000_000 + serial * 100).slice(0, 5)}${ending}`;
  const lead = async (fields: object) => (await desk.leads([fields]))[0]!;
  const ended = ['sent', 'delivered'] as const;
  const clockTime = (inMinutes: number) => new Date(Date.now() + inMinutes * 60_000).toISOString().slice(11, 16);

  it('sends three steps in order; each wait counts from the actual send of the step before', async () => {
    await test.line(tenant);
    const ids = await desk.leads([31, 32, 33].map((ending) => ({ phone: phone(ending), firstName: `N${ending}` })));
    const id = await desk.launched([
      { template: 'One {firstName}', wait: NOW },
      { template: 'Two', wait: SOON },
      { template: 'Three', wait: SOON },
    ]);
    await desk.finished(id);
    for (const [index, leadId] of ids.entries()) {
      const messages = await desk.messages(id, leadId);
      expect(desk.arrived(phone(31 + index)).map(({ text }) => text)).toEqual([`One N${31 + index}`, 'Two', 'Three']);
      for (const [before, after] of [messages.slice(0, 2), messages.slice(1)] as [ShownMessage, ShownMessage][]) {
        expect(Date.parse(after.dueAt!) - Date.parse(before.sentAt!)).toBe(1_000);
        expect(Date.parse(after.sentAt!)).toBeGreaterThanOrEqual(Date.parse(after.dueAt!));
      }
    }
    const { enrollments } = (await tenant.get(`/campaigns/${id}/leads`)).body;
    expect(enrollments.map(({ status }: { status: string }) => status)).toEqual(['completed', 'completed', 'completed']);
  });

  it('writes each message from the lead as it is when it goes out', async () => {
    await test.line(tenant, 0, { firstName: 'Sam', lastName: null });
    const leadId = await lead({
      phone: phone(31),
      firstName: 'Old',
      companyName: 'Acme',
      customFields: { 'deal size': '5', gone: 'x' },
    });
    const id = await desk.launched([{ template: 'x', wait: MUCH_LATER }]);
    await tenant.post(`/campaigns/${id}/pause`).expect(200);
    const template =
      '{firstName|there} of {{companyName|you}}: {deal size}{gone|?} {{lastName|—}} {__proto__}{toString|t} by {line_name}';
    const { steps } = await desk.campaign(id);
    await tenant.patch(`/campaigns/${id}`, { steps: [{ ...steps[0], template, wait: NOW }] }).expect(200);
    await tenant
      .patch(`/leads/${leadId}`, { firstName: 'New', companyName: null, customFields: { 'deal size': 7, gone: null } })
      .expect(200);
    await eventually(async () => (await tenant.post(`/campaigns/${id}/resume`)).status === 200);
    const sent = await desk.step(id, leadId, 0, ...ended);
    expect(sent.message).toBe('New of you: 7? — t by Sam');
    expect(desk.arrived(phone(31))[0]!.text).toBe(sent.message);
  });

  it('waits outside its window, and says until when; nothing goes out', async () => {
    await test.line(tenant);
    const leadId = await lead({ phone: phone(31) });
    const settings = { sendWindowStart: clockTime(120), sendWindowEnd: clockTime(180) };
    const id = await desk.launched([{ template: 'Hi', wait: NOW }], { settings });
    const waiting = await eventually(async () => {
      const message = (await desk.messages(id, leadId))[0]!;
      return message.waitingFor?.reason === 'window' && message;
    });
    expect(new Date(waiting.waitingFor!.until!).toISOString().slice(11, 16)).toBe(settings.sendWindowStart);
    expect(desk.arrived(phone(31))).toEqual([]);
    await tenant.post(`/campaigns/${id}/pause`).expect(200);
    await tenant.patch(`/campaigns/${id}`, { settings: { sendWindowStart: null, sendWindowEnd: null } }).expect(200);
    await tenant.post(`/campaigns/${id}/resume`).expect(200);
    await desk.step(id, leadId, 0, ...ended);
  });

  it('keeps the caps of a line: first touches of a day, all sends of a day; the rest waits and says so', async () => {
    await test.line(tenant, 0, { dailyNewConversationsLimit: 2 });
    await desk.leads([31, 32, 33, 34].map((ending) => ({ phone: phone(ending) })));
    const id = await desk.launched([{ template: 'Hi', wait: NOW }]);
    const waiting = await eventually(async () => {
      const all = await desk.messages(id);
      const limited = all.filter(({ waitingFor }) => waitingFor?.reason === 'limit');
      // A place is taken before its message is handed over.
      const gone = all.filter(({ status }) => status === 'sent' || status === 'delivered');
      return limited.length === 2 && gone.length === 2 && limited;
    });
    const midnight = new Date(new Date().setUTCHours(24, 0, 0, 0)).toISOString();
    expect(waiting.map(({ waitingFor }) => waitingFor!.until)).toEqual([midnight, midnight]);
    expect(desk.arrived(...[31, 32, 33, 34].map(phone))).toHaveLength(2);
    const { usage } = (await tenant.get('/lines/by-user')).body.lines[0];
    expect(usage).toMatchObject({ newConversationsCount: 2, totalMessagesCount: 2 });
  });

  it('a reply stops what waits, of that lead alone; it is listed and counted', async () => {
    await test.line(tenant);
    const [ada, eve] = await desk.leads([{ phone: phone(31) }, { phone: phone(32) }]);
    const id = await desk.launched([
      { template: 'One', wait: NOW },
      { template: 'Two', wait: MUCH_LATER },
      { template: 'Three', wait: MUCH_LATER },
    ]);
    await desk.step(id, ada!, 0, ...ended);
    await desk.step(id, eve!, 0, ...ended);
    await test.simulator.reply({ address: phone(31), text: 'Yes please' });
    await desk.step(id, ada!, 1, 'cancelled');
    expect((await desk.messages(id, ada)).slice(1).map(({ status, reason }) => [status, reason])).toEqual([
      ['cancelled', 'replied'],
      ['cancelled', 'replied'],
    ]);
    expect((await desk.messages(id, eve)).slice(1).map(({ status }) => status)).toEqual(['scheduled', 'scheduled']);
    const { replies } = (await tenant.get(`/replies?leadId=${ada}`).expect(200)).body;
    expect(replies).toMatchObject([{ message: 'Yes please', leadId: ada, recipientPhone: phone(31), messageType: 'imessage' }]);
    const { body: report } = await tenant.get(`/campaigns/${id}/report`);
    expect(report).toMatchObject({ replies: 1, replyRate: 0.5 });
    expect(report.steps[0]).toMatchObject({ replies: 1, replyRate: 0.5 });
    expect(report.daily.reduce((sum: number, { replies }: { replies: number }) => sum + replies, 0)).toBe(1);
  });

  it('with stopOnReply off a reply stops only the steps that want silence', async () => {
    await test.line(tenant);
    const leadId = await lead({ phone: phone(31) });
    const id = await desk.launched(
      [
        { template: 'One', wait: NOW },
        { template: 'Silence', wait: MUCH_LATER, onlyIfNoReply: true },
        { template: 'Anyway', wait: NOW },
      ],
      { settings: { stopOnReply: false } },
    );
    await desk.step(id, leadId, 0, ...ended);
    await test.simulator.reply({ address: phone(31), text: 'Hm' });
    await eventually(async () => (await tenant.get(`/replies?leadId=${leadId}`)).body.replies.length === 1);
    await desk.endWait(id, leadId);
    expect(await desk.step(id, leadId, 1, 'cancelled')).toMatchObject({ reason: 'replied' });
    await desk.step(id, leadId, 2, ...ended);
    expect(desk.arrived(phone(31)).map(({ text }) => text)).toEqual(['One', 'Anyway']);
  });

  it('applies an edit of the steps while paused: removed ones are cancelled, new ones ahead are sent, earlier ones never', async () => {
    await test.line(tenant);
    const leadId = await lead({ phone: phone(31) });
    const id = await desk.launched([
      { template: 'One', wait: NOW },
      { template: 'Two', wait: MUCH_LATER },
      { template: 'Three', wait: MUCH_LATER },
    ]);
    await desk.step(id, leadId, 0, ...ended);
    await tenant.post(`/campaigns/${id}/pause`).expect(200);
    const [one, , three] = (await desk.campaign(id)).steps;
    const changed = await tenant
      .patch(`/campaigns/${id}`, {
        steps: [
          { template: 'Zero', wait: NOW },
          one,
          { template: 'New', wait: NOW },
          { ...three, wait: NOW, template: 'Three!' },
        ],
      })
      .expect(200);
    expect(changed.body.steps.map(({ template }: { template: string }) => template)).toEqual(['Zero', 'One', 'New', 'Three!']);
    await eventually(async () => (await tenant.post(`/campaigns/${id}/resume`)).status === 200);
    await desk.finished(id);
    expect(desk.arrived(phone(31)).map(({ text }) => text)).toEqual(['One', 'New', 'Three!']);
    const removed = (await desk.messages(id, leadId)).filter(({ status }) => status === 'cancelled');
    expect(removed.map(({ reason }) => reason)).toEqual(['step_removed']);
  });

  it('a changed wait moves what is not yet sent', async () => {
    await test.line(tenant);
    const leadId = await lead({ phone: phone(31) });
    const id = await desk.launched([
      { template: 'One', wait: NOW },
      { template: 'Two', wait: MUCH_LATER },
    ]);
    const first = await desk.step(id, leadId, 0, ...ended);
    await tenant.post(`/campaigns/${id}/pause`).expect(200);
    const { steps } = await desk.campaign(id);
    await tenant
      .patch(`/campaigns/${id}`, { steps: [steps[0], { ...steps[1], wait: { amount: 30, unit: 'minutes' } }] })
      .expect(200);
    const due = Date.parse(first.sentAt!) + 30 * 60_000;
    await eventually(async () => Date.parse((await desk.messages(id, leadId))[1]!.dueAt ?? '') === due);
  });

  it('nobody gets the same step twice: two leads who share an address', async () => {
    await test.line(tenant);
    const shared = phone(31);
    const [first] = await desk.leads([{ phone: shared }, { phone: phone(12), altPhone1: shared }]);
    const id = await desk.launched([{ template: 'Once', wait: NOW }]);
    await desk.step(id, first!, 0, ...ended, 'cancelled');
    await desk.finished(id);
    expect(desk.arrived(shared).filter(({ text }) => text === 'Once')).toHaveLength(1);
  });

  it('goes on with the next address of a lead whose phone has no iMessage', async () => {
    await test.line(tenant);
    const leadId = await lead({ phone: phone(11), altPhone1: phone(31) });
    const id = await desk.launched([{ template: 'Hi', wait: NOW }]);
    expect(await desk.step(id, leadId, 0, ...ended)).toMatchObject({ recipientPhone: phone(31) });
    const primary = await desk.create([{ template: 'Hi again', wait: NOW }], { settings: { addresses: 'primary' } });
    await tenant.post(`/campaigns/${primary}/launch`).expect(200);
    await desk.step(primary, leadId, 0, 'fallback');
    expect(desk.arrived(phone(31))).toHaveLength(1);
  });

  it('follow-ups go out from the line that spoke first', async () => {
    await test.line(tenant, 0);
    await test.line(tenant, 1);
    const ids = await desk.leads([31, 32, 33, 34].map((ending) => ({ phone: phone(ending) })));
    const id = await desk.launched([
      { template: 'One', wait: NOW },
      { template: 'Two', wait: SOON },
    ]);
    await desk.finished(id);
    for (const leadId of ids) {
      const lines = (await desk.messages(id, leadId)).map(({ fromLineId }) => fromLineId);
      expect(lines[0]).toEqual(expect.any(String));
      expect(lines[1]).toBe(lines[0]);
    }
  });
});

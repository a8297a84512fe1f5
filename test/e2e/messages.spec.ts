import type { SendEntry } from '@tuco/bluebubbles-simulator';
import { CampaignDesk, MUCH_LATER, NOW, type ShownMessage } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { ShiftedClock } from '../support/shifted-clock';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const FAR = '2100-01-01T00:00:00.000Z';

/** Direct messages, and what may become of any message. */
describe('messages', () => {
  const clock = new ShiftedClock();
  let test: TestApp;
  let tenant: Tenant;
  let serial = 0;

  beforeAll(async () => {
    test = await startTestApp({}, clock);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
    serial += 1;
  });
  afterEach(() => void test.simulator.control({ reset: true }));

  const phone = (ending: number) => `+1646${String(2_000_000 + serial * 100).slice(0, 5)}${ending}`;
  const send = (body: object) => tenant.post('/messages', { message: 'Hi {firstName|there}', ...body });
  const get = async (id: string) => (await tenant.get(`/messages/${id}`).expect(200)).body;
  const sends = (address: string) => test.simulator.ledger({ kind: 'send', address }) as SendEntry[];
  const until = (id: string, ...statuses: string[]) =>
    eventually(async () => {
      const message = await get(id);
      return statuses.includes(message.status) && message;
    });
  /** The same, with the clock put ahead whenever it waits for a retry. */
  const untilPastRetries = (id: string, ...statuses: string[]) =>
    eventually(async () => {
      const message = await get(id);
      if (message.waitingFor?.reason === 'retry') clock.ahead({ minutes: 5 });
      return statuses.includes(message.status) && message;
    });

  it('201: a new recipient becomes a lead, and the message goes out', async () => {
    await test.line(tenant);
    const { body } = await send({ recipientPhone: phone(31), recipientName: 'Ada' }).expect(201);
    expect(body).toMatchObject({ success: true, status: 'queued', message: { messageType: 'imessage', campaignId: null } });
    const sent = await until(body.message._id, 'delivered');
    expect(sent).toMatchObject({ message: 'Hi Ada', recipientPhone: phone(31), leadId: body.message.leadId, code: null });
    expect(sent.sentAt).toEqual(expect.any(String));
    expect(sent.attempts).toMatchObject([{ outcome: 'accepted', address: phone(31) }]);
    expect((await tenant.get(`/leads/${sent.leadId}`)).body).toMatchObject({
      firstName: 'Ada',
      phone: phone(31),
      source: 'message',
    });
    expect(sends(phone(31)).map(({ text }) => text)).toEqual(['Hi Ada']);
  });

  it('200: a recipient who is a lead already, by phone or by e-mail, alternates too', async () => {
    await test.line(tenant);
    const row = { firstName: 'Eve', phone: phone(32), altEmail1: `e${serial}-x@example.com`, email: `m${serial}-x@example.com` };
    const [lead] = (await tenant.post('/leads', { leads: [row] }).expect(201)).body.leadIds;
    for (const recipient of [{ recipientPhone: phone(32) }, { recipientEmail: ` E${serial}-X@example.com` }]) {
      const { body } = await send(recipient).expect(200);
      expect(body).toMatchObject({ success: true, leadId: lead, duplicateOnly: true, existingLeadIds: [lead] });
      expect(body.duplicateMessage).toBe('Lead was duplicate; message sent using existing lead.');
    }
    expect((await send({ leadId: lead }).expect(201)).body.message.leadId).toBe(lead);
    expect((await tenant.get('/leads')).body.pagination.totalCount).toBe(1);
  });

  it.each([
    ['Message and attachmentUrls cannot both be empty', { message: ' ', recipientPhone: '+12025550131' }],
    ['Either recipientEmail or recipientPhone is required', {}],
    ['Either recipientEmail or recipientPhone is required', { recipientPhone: 'nonsense' }],
    ['Invalid messageType. Must be email, sms, or imessage', { messageType: 'fax', recipientPhone: '+12025550131' }],
    ['attachmentUrls must be an array', { attachmentUrls: 'x', recipientPhone: '+12025550131' }],
    [/brace|closed/i, { message: 'Hi {firstName', recipientPhone: '+12025550131' }],
    [/no active/i, { messageType: 'email', recipientEmail: 'ann@example.com' }],
  ])('400 %s', async (words, wrong) => {
    await test.line(tenant);
    const { body } = await send(wrong).expect(400);
    if (typeof words === 'string') expect(body.error).toBe(words);
    else expect(body.error).toMatch(words);
    expect((await tenant.get('/messages')).body.messages).toEqual([]);
    expect((await tenant.get('/leads')).body.leads).toEqual([]);
  });

  it('400 without an active line, and for a line that cannot', async () => {
    expect((await send({ recipientPhone: phone(31) }).expect(400)).body.error).toBe('No active lines in workspace for imessage');
    const { id } = await test.line(tenant);
    await tenant.patch(`/lines/${id}`, { isActive: false }).expect(200);
    expect((await send({ recipientPhone: phone(31), fromLineId: id }).expect(400)).body.details[0].field).toBe('fromLineId');
    expect((await tenant.get('/leads')).body.leads).toEqual([]);
  });

  it('goes out from the line that was asked for', async () => {
    await test.line(tenant, 0);
    const { id } = await test.line(tenant, 1);
    const { body } = await send({ recipientPhone: phone(31), fromLineId: id }).expect(201);
    expect((await until(body.message._id, 'delivered')).fromLineId).toBe(id);
    expect(sends(phone(31)).map(({ bridge }) => bridge)).toEqual([1]);
  });

  it('goes to the address that was named, and to no other of the lead', async () => {
    await test.line(tenant);
    const row = { firstName: 'Ida', phone: phone(33), altPhone1: phone(35), email: `i${serial}x@example.com` };
    const [lead] = (await tenant.post('/leads', { leads: [row] }).expect(201)).body.leadIds;
    const alternate = (await send({ recipientPhone: phone(35) }).expect(200)).body;
    expect(alternate).toMatchObject({ leadId: lead, message: { recipientPhone: phone(35) } });
    expect(await until(alternate.message._id, 'delivered')).toMatchObject({ recipientPhone: phone(35), message: 'Hi Ida' });
    // The lead is only linked.
    const other = (await send({ leadId: lead, recipientEmail: `other${serial}x@example.com` }).expect(201)).body;
    expect(await until(other.message._id, 'delivered')).toMatchObject({
      recipientEmail: `other${serial}x@example.com`,
      leadId: lead,
    });
    // Not on iMessage, and nobody else is tried instead.
    const nobody = (await send({ leadId: lead, recipientPhone: '+12025550110' }).expect(201)).body;
    expect(await until(nobody.message._id, 'fallback')).toMatchObject({ attempts: [{ address: '+12025550110' }] });
    expect(sends(phone(33))).toEqual([]);
  });

  it('keeps the alternates of a new recipient, a label, and shows both', async () => {
    await test.line(tenant);
    const body = { recipientPhone: phone(36), recipientName: 'Una', altPhone1: '(646) 555-0136', batchId: 'spring' };
    const { message } = (await send(body).expect(201)).body;
    expect(message).toMatchObject({ batchId: 'spring', recipientName: 'Una', recipientPhone: phone(36), settings: null });
    expect((await tenant.get(`/leads/${message.leadId}`)).body).toMatchObject({ altPhone1: '+16465550136', firstName: 'Una' });
  });

  it('waits for its own send window, while others go', async () => {
    await test.line(tenant);
    // Around noon there, three days from now.
    const day = new Date(clock.now().getTime() + 3 * 86_400_000).getUTCDay();
    const names = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
    const hours = { timezone: 'Asia/Kathmandu', sendWindowStart: '12:00', sendWindowEnd: '12:20' };
    const body = { recipientPhone: phone(37), ...hours, allowedDaysOfWeek: [names[day]] };
    const { message } = (await send(body).expect(201)).body;
    expect(message.settings).toEqual({ ...hours, allowedDaysOfWeek: [day] });
    const other = (await send({ recipientPhone: phone(38) }).expect(201)).body.message;
    await until(other._id, 'delivered');
    const waiting = await eventually(async () => {
      const { waitingFor } = await get(message._id);
      return waitingFor?.reason === 'window' && waitingFor;
    });
    expect(waiting.until).toMatch(/T06:15:00.000Z$/);
    expect(new Date(waiting.until).getUTCDay()).toBe(day);
    expect(sends(phone(37))).toEqual([]);
  });

  it.each([
    ['timezone', { timezone: 'Mars/Base' }],
    ['sendWindowStart', { sendWindowStart: '25:00' }],
    ['allowedDaysOfWeek', { allowedDaysOfWeek: [] }],
    ['allowedDaysOfWeek', { allowedDaysOfWeek: ['someday'] }],
    ['recipientPhone', { leadId: 'known', recipientPhone: 'nonsense' }],
  ])('400 for a wrong %s', async (field, wrong) => {
    await test.line(tenant);
    const [lead] = (await tenant.post('/leads', { leads: [{ phone: phone(39) }] }).expect(201)).body.leadIds;
    const { body } = await send({ recipientPhone: phone(39), ...wrong, ...('leadId' in wrong && { leadId: lead }) }).expect(400);
    expect(body.details[0].field).toBe(field);
    expect((await tenant.get('/messages')).body.messages).toEqual([]);
  });

  it('T05: a scheduledDate without an offset is one of the timezone beside it', async () => {
    await test.line(tenant);
    const dueAt = async (body: object) =>
      (await send({ recipientPhone: phone(38), ...body }).expect(201)).body.message.scheduledDate;
    const scheduledDate = '2099-12-24T09:00:00';
    const timezone = 'America/New_York';
    const first = (await send({ recipientPhone: phone(38), scheduledDate, timezone }).expect(201)).body;
    expect(first.message.scheduledDate).toBe('2099-12-24T14:00:00.000Z');
    const { leadId } = first.message;
    expect(await dueAt({ leadId, scheduledDate: `${scheduledDate}Z`, timezone })).toBe('2099-12-24T09:00:00.000Z');
    expect(await dueAt({ leadId, scheduledDate: `${scheduledDate}+01:00`, timezone })).toBe('2099-12-24T08:00:00.000Z');
    expect(await dueAt({ leadId, scheduledDate })).toBe('2099-12-24T09:00:00.000Z');
    const { body } = await send({ leadId, scheduledDate, timezone: 'Mars/Base' }).expect(400);
    expect(body.details[0].field).toBe('timezone');
  });

  it('is cancelled by the address that it was told to go to, whoever its lead is', async () => {
    await test.line(tenant);
    const [lead] = (await tenant.post('/leads', { leads: [{ phone: phone(40) }] }).expect(201)).body.leadIds;
    const later = { leadId: lead, scheduledDate: FAR };
    const named = (await send({ ...later, recipientPhone: phone(41) }).expect(201)).body.message;
    const own = (await send(later).expect(201)).body.message;
    const { body } = await tenant.post('/messages/cancel-for-lead', { recipientPhone: phone(41) }).expect(200);
    expect(body).toMatchObject({ success: true, cancelledCount: 1, leadId: null, messageIds: [named._id] });
    expect((await get(own._id)).status).toBe('scheduled');
  });

  it('waits for its time, and can be cancelled until then, once', async () => {
    await test.line(tenant);
    const { _id } = (await send({ recipientPhone: phone(31), scheduledDate: FAR }).expect(201)).body.message;
    expect(await get(_id)).toMatchObject({ status: 'scheduled', dueAt: FAR, waitingFor: { reason: 'wait', until: FAR } });
    expect((await tenant.post(`/messages/${_id}/cancel`).expect(200)).body).toMatchObject({
      status: 'cancelled',
      reason: 'cancelled',
    });
    expect((await tenant.post(`/messages/${_id}/cancel`).expect(409)).body.code).toBe('NOT_CANCELLABLE');
    expect((await tenant.post(`/messages/${_id}/retry`).expect(409)).body.code).toBe('NOT_RETRYABLE');
    expect(sends(phone(31))).toEqual([]);
  });

  it('cannot be cancelled once it has gone out', async () => {
    await test.line(tenant);
    const { _id } = (await send({ recipientPhone: phone(31) }).expect(201)).body.message;
    await until(_id, 'sent', 'delivered');
    await tenant.post(`/messages/${_id}/cancel`).expect(409);
  });

  it('no iMessage: the next address, then fallback', async () => {
    await test.line(tenant);
    const row = { phone: phone(10), altPhone1: phone(31) };
    const [lead] = (await tenant.post('/leads', { leads: [row] })).body.leadIds;
    const { _id } = (await send({ leadId: lead }).expect(201)).body.message;
    expect(await until(_id, 'delivered')).toMatchObject({
      recipientPhone: phone(31),
      attempts: [{ outcome: 'not-on-channel' }, {}],
    });
    const none = (await send({ recipientPhone: phone(11) }).expect(201)).body.message;
    expect(await until(none._id, 'fallback')).toMatchObject({ code: 'NOT_ON_CHANNEL' });
    const { usage } = (await tenant.get('/lines/by-user')).body.lines[0];
    expect(usage).toMatchObject({ totalMessagesCount: 1, newConversationsCount: 1 });
  });

  it('`98` is refused for good: tried four times, then failed with the code and words of the provider; retry tries again', async () => {
    await test.line(tenant);
    const { _id } = (await send({ recipientPhone: phone(98) }).expect(201)).body.message;
    const failed = await untilPastRetries(_id, 'failed');
    expect(failed).toMatchObject({ code: 'IMESSAGE_ERROR_25', errorMessage: expect.any(String), sentAt: null });
    expect(failed.attempts.map(({ outcome }: { outcome: string }) => outcome)).toEqual(Array(4).fill('refused'));
    expect(sends(phone(98))).toHaveLength(4);
    const { usage } = (await tenant.get('/lines/by-user')).body.lines[0];
    expect(usage).toMatchObject({ totalMessagesCount: 0, newConversationsCount: 0 });
    expect((await tenant.post(`/messages/${_id}/retry`).expect(200)).body).toMatchObject({ status: 'queued', code: null });
    await eventually(async () => sends(phone(98)).length === 5);
  });

  it('`99` fails once, and goes out at the next try', async () => {
    await test.line(tenant);
    const { _id } = (await send({ recipientPhone: phone(99) }).expect(201)).body.message;
    const sent = await untilPastRetries(_id, 'delivered');
    expect(sent.attempts.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['refused', 'accepted']);
    expect(sends(phone(99)).map(({ outcome }) => outcome)).toEqual(['refused', 'sent']);
  });

  it('a bridge that is away: the message waits and says why, and goes out when it is back', async () => {
    await test.line(tenant, 2);
    test.simulator.control({ bridge: 2, down: true });
    const { _id } = (await send({ recipientPhone: phone(31) }).expect(201)).body.message;
    await eventually(async () => {
      const { status, waitingFor, attempts } = await get(_id);
      return status === 'sending' || waitingFor?.reason === 'no_line' || waitingFor?.reason === 'retry' || attempts.length > 1;
    });
    expect(sends(phone(31)).filter(({ outcome }) => outcome === 'sent').length).toBeLessThanOrEqual(1);
  });

  it('a failed step stops the rest; a retry that succeeds opens it again', async () => {
    await test.line(tenant);
    const desk = await new CampaignDesk(test, tenant).open();
    const [lead] = await desk.leads([{ phone: phone(98) }]);
    const steps = [
      { template: 'One', wait: NOW },
      { template: 'Two', wait: MUCH_LATER },
    ];
    const id = await desk.launched(steps);
    const [first] = await desk.messages(id, lead);
    await untilPastRetries(first!._id, 'failed');
    expect(await desk.step(id, lead!, 1, 'cancelled')).toMatchObject({ reason: 'previous_step_failed' });
    const enrollment = async () => (await tenant.get(`/campaigns/${id}/leads`).expect(200)).body.enrollments[0] as object;
    expect(await enrollment()).toMatchObject({ status: 'stopped', stopReason: 'previous_step_failed' });
    await tenant.patch(`/leads/${lead}`, { phone: phone(31) }).expect(200);
    await tenant.post(`/messages/${first!._id}/retry`).expect(200);
    await until(first!._id, 'delivered');
    expect(await desk.step(id, lead!, 1, 'scheduled')).toMatchObject({ reason: null, dueAt: expect.any(String) });
    expect(await enrollment()).toMatchObject({ status: 'active', stopReason: null });
  });

  it('reports of a campaign say exactly what its messages say', async () => {
    await test.line(tenant);
    const desk = await new CampaignDesk(test, tenant).open();
    await desk.leads([31, 10, 98, 34].map((ending) => ({ phone: phone(ending) })));
    const id = await desk.launched([
      { template: 'One', wait: NOW },
      { template: 'Two', wait: MUCH_LATER },
    ]);
    const count = (some: readonly ShownMessage[], status: string) => some.filter((message) => message.status === status).length;
    const messages = await eventually(async () => {
      const all = await desk.messages(id);
      if (all.some(({ waitingFor }) => waitingFor?.reason === 'retry')) clock.ahead({ minutes: 5 });
      return count(all, 'delivered') === 2 && count(all, 'cancelled') === 2 && all;
    });
    const report = (await tenant.get(`/campaigns/${id}/report`).expect(200)).body;
    expect(report.total).toMatchObject({ delivered: 2, fallback: 1, failed: 1, cancelled: 2, scheduled: 2 });
    for (const [status, n] of Object.entries(report.total)) expect([status, n]).toEqual([status, count(messages, status)]);
    const sentTimes = (some: readonly ShownMessage[]) => some.flatMap(({ sentAt }) => sentAt ?? []).sort();
    for (const { stepIndex, stepId, firstSentAt, lastSentAt, ...step } of report.steps) {
      const own = messages.filter((message) => message.stepId === stepId);
      expect(own.every((message) => message.stepIndex === stepIndex)).toBe(true);
      for (const status of Object.keys(report.total)) expect([status, step[status]]).toEqual([status, count(own, status)]);
      expect([firstSentAt, lastSentAt]).toEqual([sentTimes(own)[0] ?? null, sentTimes(own).at(-1) ?? null]);
    }
    expect([report.firstSentAt, report.lastSentAt]).toEqual([sentTimes(messages)[0], sentTimes(messages).at(-1)]);
    const onDay = (date: string, times: (string | null)[]) => times.filter((time) => time?.startsWith(date)).length;
    const dates = new Set(
      messages.flatMap(({ sentAt, deliveredAt }) => [sentAt, deliveredAt]).flatMap((at) => at?.slice(0, 10) ?? []),
    );
    expect(report.daily).toEqual(
      [...dates].sort().map((date) => ({
        date,
        sent: onDay(
          date,
          messages.map(({ sentAt }) => sentAt),
        ),
        delivered: onDay(
          date,
          messages.map(({ deliveredAt }) => deliveredAt),
        ),
        replies: 0,
      })),
    );
    expect(dates.size).toBeGreaterThan(0);
    expect(report.waiting).toMatchObject({ notDue: 2, due: 0, asked: 0, reasons: [] });
    // The second step waits 300 days from now.
    const days = (Date.parse(report.expectedLastAt) - clock.now().getTime()) / 86_400_000;
    expect(Math.round(days)).toBe(300);
    expect((await desk.campaign(id)).messageCounts).toEqual(report.total);
    expect(report.finished).toBe(false);
  });

  it('reports say what due messages wait for, a reply of whom was for which step, and nothing expected while paused', async () => {
    const hour = (later: number) => `${String((clock.now().getUTCHours() + later) % 24).padStart(2, '0')}:00`;
    const window = { sendWindowStart: hour(6), sendWindowEnd: hour(7) };
    await test.line(tenant);
    const desk = await new CampaignDesk(test, tenant).open();
    await desk.leads([61, 62, 63].map((ending) => ({ phone: phone(ending) })));
    const id = await desk.launched([{ template: 'One', wait: NOW }], { settings: window });
    const report = async () => (await tenant.get(`/campaigns/${id}/report`).expect(200)).body;
    const waiting = await eventually(async () => {
      const { waiting: now } = await report();
      return now.due === 3 && now;
    });
    expect(waiting).toMatchObject({ asked: 3, reasons: [{ reason: 'window', count: 3, words: expect.any(String) }] });
    const opens = Date.parse(waiting.reasons[0].until);
    expect(new Date(opens).toISOString()).toContain(`T${window.sendWindowStart}:00.000Z`);
    const expected = Date.parse((await report()).expectedLastAt);
    expect(expected >= opens && expected < opens + 3_600_000).toBe(true);
    await tenant.post(`/campaigns/${id}/pause`).expect(200);
    expect((await report()).expectedLastAt).toBeNull();
  });
});

import { ACCEPTED, BridgeDesk } from '../support/bridge-desk';
import { MUCH_LATER, NOW } from '../support/campaigns';
import { erasingTools } from '../support/erasing-tools';
import { eventually } from '../support/eventually';
import { startTestApp, type TestApp } from '../support/test-app';

/** How somebody is erased, and how it ends. */
describe('erasing', () => {
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
  afterEach(async () => {
    jest.restoreAllMocks();
    await desk.leave();
  });

  const { phone, email, name, mark, begin, over, erased, found, firstTouches, answer, suppressionsOf } = erasingTools(() => ({
    test,
    desk,
    serial,
  }));

  it('is asked for by true alone, and refuses what is neither', async () => {
    const [lead] = await desk.leads([{ phone: phone(1) }]);
    for (const value of ['yes', 'maybe', '2', '']) {
      const { body } = await desk.tenant.delete(`/leads/${lead}?erase=${value}`).expect(400);
      expect(body).toMatchObject({ code: 'VALIDATION_FAILED', details: [{ field: 'erase' }] });
    }
    await desk.tenant.delete(`/leads/${lead}?erased=true`).expect(400);
    await desk.tenant.get(`/leads/${lead}`).expect(200);
    expect((await desk.tenant.delete(`/leads/${lead}?erase=false`).expect(200)).body).toEqual({ deletedCount: 1 });
    await desk.tenant.delete('/leads/0123456789abcdef01234567?erase=true').expect(404);
    await desk.tenant.get('/leads/erasures/0123456789abcdef01234567').expect(404);
    await desk.tenant.get('/leads/0123456789abcdef01234567/export').expect(404);
  });

  it('twice is once', async () => {
    const [lead] = await desk.leads([{ phone: phone(1) }]);
    const [first, second] = await Promise.all([begin(lead!), begin(lead!)]);
    expect(second.jobId).toBe(first.jobId);
    await over(first.jobId);
    expect(await begin(lead!)).toMatchObject({ jobId: first.jobId, state: 'completed' });
  });

  it('somebody who was deleted before is erased too', async () => {
    const { lead } = await desk.begun({ phone: phone(1), firstName: name() }, [{ template: 'Hi {firstName}', wait: NOW }]);
    await desk.tenant.delete(`/leads/${lead}`).expect(200);
    expect(await found(phone(1))).toHaveProperty('messages');
    await erased(lead);
    expect(await found(phone(1), mark())).toEqual({});
  });

  it('in one workspace leaves another with the same person alone', async () => {
    const other = await BridgeDesk.at(test, 1);
    const person = { phone: phone(1), email: email(), firstName: name() };
    const steps = [
      { template: 'Hi {firstName}', wait: NOW },
      { template: 'Later', wait: MUCH_LATER },
    ];
    const theirs = await other.begun(person, steps);
    await other.tenant.post('/suppressions', { address: email(), note: name() }).expect(201);
    const mine = await desk.begun(person, steps);
    const state = async () => {
      const lead = (await other.tenant.get(`/leads/${theirs.lead}`).expect(200)).body;
      return [lead, await other.messages(theirs.campaign), await suppressionsOf(email(), other.tenant)];
    };
    await other.step(theirs.campaign, theirs.lead, 0, 'delivered');
    const before = await state();
    const held = (await other.tenant.get(`/leads/${theirs.lead}/export`).expect(200)).text.split('\n').slice(2);
    await erased(mine.lead);
    expect(await state()).toEqual(before);
    expect((await other.tenant.get(`/leads/${theirs.lead}/export`).expect(200)).text.split('\n').slice(2)).toEqual(held);
    await other.tenant.get(`/leads/erasures/${(await begin(mine.lead)).jobId}`).expect(404);
    expect(await suppressionsOf(email())).toEqual([]);
    await other.leave();
  });

  it('keeps what protects the person: they get no step twice, are nobody new to the line, and have answered', async () => {
    const steps = [
      { template: 'First', wait: NOW },
      { template: 'Second', wait: MUCH_LATER },
    ];
    const { lead, campaign } = await desk.begun({ phone: phone(1) }, steps);
    const answered = await desk.begun({ phone: phone(2) }, steps);
    await answer(phone(2), 'Who is this?');
    await eventually(async () => (await desk.replies(phone(2))).length === 1);
    const [touches, before] = [await firstTouches(), desk.texts(phone(1)).length];
    await erased(lead);
    await erased(answered.lead);
    expect(await found(phone(1).slice(2), phone(2).slice(2))).toEqual({});

    const [again, other] = await desk.leads([{ phone: phone(1) }, { phone: phone(2) }]);
    const enrol = async (to: string, leadId: string) =>
      (await desk.tenant.post(`/campaigns/${to}/leads`, { leadId }).expect(200)).body;
    await enrol(campaign, again!);
    expect(await desk.step(campaign, again!, 0, 'cancelled')).toMatchObject({ reason: 'duplicate_recipient' });
    expect(await enrol(answered.campaign, other!)).toMatchObject({ skipped: 'answered_before' });
    const hello = await desk.direct({ recipientPhone: phone(1) });
    await desk.become(hello, ...ACCEPTED);
    expect(desk.texts(phone(1)).slice(before)).toEqual(['Hi']);
    expect(await firstTouches()).toBe(touches);
  });

  it('keeps the opt-out on every address, also of one that came through another, and again after a second erasure', async () => {
    const { lead } = await desk.begun({ phone: phone(1), altPhone1: phone(2), email: email() });
    await answer(phone(1), 'STOP');
    await eventually(async () => (await suppressionsOf(phone(1)))[0]);
    await erased(lead);
    for (const round of [1, 2]) {
      const [again] = await desk.leads([{ phone: phone(2), firstName: `Round ${round}` }]);
      expect((await desk.tenant.get(`/leads/${again}`).expect(200)).body.suppressions).toMatchObject([{ reason: 'opted_out' }]);
      await desk.tenant.post('/messages', { message: 'Hi', leadId: again }).expect(409);
      const { body } = await desk.tenant.get('/leads?suppressed=true').expect(200);
      expect(body.leads.map(({ _id }: { _id: string }) => _id)).toEqual([again]);
      await erased(again!);
    }
    expect(await found(phone(1).slice(2), phone(2).slice(2), email())).toEqual({});
    // The person asks for messages again, from the address that the row was hashed for.
    await desk.leads([{ phone: phone(1) }]);
    await answer(phone(1), 'START');
    await eventually(async () => (await suppressionsOf(phone(1))).length === 0);
    expect(await suppressionsOf(phone(2))).toEqual([]);
  });

  it('leaves a shared address to those who share it, and the guards under both forms', async () => {
    const { lead, campaign } = await desk.begun({ phone: phone(1), email: email() }, [{ template: 'First', wait: NOW }]);
    const { body: list } = await desk.tenant.post('/lists', { name: 'Others' }).expect(201);
    const rows = { leads: [{ phone: phone(1), firstName: 'Other' }], listId: list._id };
    const [other] = (await desk.tenant.post('/leads', rows).expect(201)).body.leadIds as string[];
    await desk.tenant.post('/suppressions', { address: phone(1), channel: 'email' }).expect(201);
    await erased(lead);
    expect((await desk.tenant.get(`/leads/${other}`).expect(200)).body).toMatchObject({ phone: phone(1), firstName: 'Other' });
    expect(Object.keys(await found(phone(1))).sort()).toEqual(['conversations', 'events', 'leads', 'suppressions']);
    expect(await found(email())).toEqual({});
    expect(await suppressionsOf(phone(1))).toHaveLength(2);
    await erased(other!);
    expect(await found(phone(1).slice(2))).toEqual({});
    expect(await suppressionsOf(phone(1))).toHaveLength(1);
    const [again] = await desk.leads([{ phone: phone(1) }]);
    await desk.tenant.post(`/campaigns/${campaign}/leads`, { leadId: again }).expect(200);
    expect(await desk.step(campaign, again!, 0, 'cancelled')).toMatchObject({ reason: 'duplicate_recipient' });
  });
});

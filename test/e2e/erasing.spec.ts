import { type Person, PersonalData } from '../../src/leads';
import { ACCEPTED, BridgeDesk } from '../support/bridge-desk';
import { MUCH_LATER, NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { ImportDesk } from '../support/import-desk';
import { PersonalScan } from '../support/personal-scan';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

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

  const phone = (ending: number) => `+1206${String(3_000_000 + serial * 100 + ending)}`;
  const email = () => `kestrel${serial}@example.com`;
  const name = () => `Kestrel${serial}x`;
  const mark = () => name().toLowerCase();
  const begin = async (lead: string, tenant: Tenant = desk.tenant) =>
    (await tenant.delete(`/leads/${lead}?erase=true`).expect(202)).body as { jobId: string; state: string };
  const shown = async (job: string, tenant: Tenant = desk.tenant) =>
    (await tenant.get(`/leads/erasures/${job}`).expect(200)).body;
  const over = (job: string, tenant: Tenant = desk.tenant) =>
    eventually(async () => {
      const erasure = await shown(job, tenant);
      return ['completed', 'failed'].includes(erasure.state as string) && erasure;
    });
  const erased = async (lead: string, tenant: Tenant = desk.tenant) => {
    const end = await over((await begin(lead, tenant)).jobId, tenant);
    expect(end).toMatchObject({ state: 'completed', leadId: lead, reason: null });
    return end;
  };
  /** In the desk's own workspace: those of other tests read the same Mac, and take in what comes to it. */
  const found = (...texts: string[]) => new PersonalScan(test, texts, desk.tenant.id).found();
  const firstTouches = async () =>
    (await desk.tenant.get('/lines/by-user').expect(200)).body.lines[0].usage.newConversationsCount;
  const answer = (address: string, text: string) => test.simulator.reply({ address, text });
  const suppressionsOf = async (address: string, tenant = desk.tenant) =>
    (await tenant.get(`/suppressions?address=${encodeURIComponent(address)}`).expect(200)).body.suppressions;

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
    expect(Object.keys(await found(phone(1))).sort()).toEqual(['conversations', 'leads', 'suppressions']);
    expect(await found(email())).toEqual({});
    expect(await suppressionsOf(phone(1))).toHaveLength(2);
    await erased(other!);
    expect(await found(phone(1).slice(2))).toEqual({});
    expect(await suppressionsOf(phone(1))).toHaveLength(1);
    const [again] = await desk.leads([{ phone: phone(1) }]);
    await desk.tenant.post(`/campaigns/${campaign}/leads`, { leadId: again }).expect(200);
    expect(await desk.step(campaign, again!, 0, 'cancelled')).toMatchObject({ reason: 'duplicate_recipient' });
  });

  it('waits for a message that is being handed over, and says so; what waits is cancelled at once', async () => {
    const [lead] = await desk.leads([{ phone: phone(1) }]);
    const later = await desk.direct({ leadId: lead, scheduledDate: new Date(Date.now() + 3_600_000).toISOString() });
    test.simulator.control({ latencyMs: 4_000 });
    const sending = await desk.direct({ leadId: lead, message: name() });
    await desk.become(sending, 'sending');
    const { jobId } = await begin(lead!);
    const reason = 'A message to the person is being handed over, or its outcome is not known yet';
    await eventually(async () => (await shown(jobId)).reason === reason);
    expect(await desk.message(later)).toMatchObject({ status: 'cancelled', reason: 'lead_deleted' });
    await desk.tenant.get(`/leads/${lead}`).expect(200);
    expect(await over(jobId)).toMatchObject({ state: 'completed' });
    expect(ACCEPTED).toContain((await desk.message(sending)).status);
    expect(desk.texts(phone(1))).toEqual([name()]);
    expect(await found(phone(1).slice(2), mark())).toEqual({});
  });

  it('comes to the same end when the worker dies behind any of its steps', async () => {
    const { lead } = await desk.begun({ phone: phone(1), email: email(), firstName: name() });
    await answer(phone(1), 'STOP');
    await eventually(async () => (await suppressionsOf(phone(1)))[0]);
    const died: string[] = [];
    for (const [module, data] of test.app.get(PersonalData).modules) {
      for (const step of ['keepGuards', 'erase'] as const) {
        const work = data[step]?.bind(data) as ((person: Person) => Promise<void>) | undefined;
        if (!work) continue;
        let calls = 0;
        jest.spyOn(data, step as never).mockImplementation((async (person: Person) => {
          await work(person);
          calls += 1;
          // Each step of erasing is done twice in any case: once more behind the lead.
          if (calls % 2 === 0) return;
          died.push(`${step} ${module}`);
          throw new Error('The worker dies here');
        }) as never);
      }
    }
    const { jobId } = await begin(lead);
    expect(await over(jobId)).toMatchObject({ state: 'completed' });
    expect(died.length).toBeGreaterThan(15);
    expect(await found(phone(1).slice(2), email(), mark())).toEqual({});
    const [again] = await desk.leads([{ phone: phone(1) }]);
    await desk.tenant.post('/messages', { message: 'Hi', leadId: again }).expect(409);
  });

  it('goes on where the lead is deleted, or changed, in the middle of it', async () => {
    const ends = [
      (lead: string) => desk.tenant.delete(`/leads/${lead}`).expect(200),
      (lead: string) => desk.tenant.patch(`/leads/${lead}`, { altPhone1: phone(9), notes: name() }).expect(200),
    ];
    for (const [index, meanwhile] of ends.entries()) {
      const { lead } = await desk.begun({ phone: phone(index), email: `${index}${email()}`, firstName: name() });
      const messages = test.app.get(PersonalData).modules.get('messages')!;
      const erase = messages.erase.bind(messages);
      jest.spyOn(messages, 'erase').mockImplementationOnce(async (person) => {
        await erase(person);
        await meanwhile(lead);
      });
      await erased(lead);
      expect(await found(phone(index).slice(2), phone(9).slice(2), email(), mark())).toEqual({});
    }
  });

  it('waits for an import that is not over, and blanks rows that were rejected', async () => {
    const imports = new ImportDesk(test, desk.tenant);
    const [lead] = await desk.leads([{ phone: phone(1), email: email(), externalId: `${mark()}-ext` }]);
    const { connection } = test;
    // A worker that takes its time, as it stands while it is at work.
    const file = await connection
      .collection('importFiles')
      .insertOne({ workspaceId: desk.tenant.id, importId: null, createdAt: new Date() });
    const rows = [`Phone,Email,External id,Note`, `12,nobody,${mark()}-ext,${name()}`, `13,none,other-ext,Somebody else`];
    const { body } = await imports.upload(rows.join('\n'), {}, `?listId=${desk.listId}`).expect(202);
    expect(await imports.over(body.importId as string)).toMatchObject({ invalid: 2 });
    const { jobId } = await begin(lead!);
    await eventually(async () => (await shown(jobId)).reason === 'An import, or an upload, that began before is not over yet');
    expect(await found(mark())).toHaveProperty('importRejects');
    await connection.collection('importFiles').updateOne({ _id: file.insertedId }, { $set: { importId: body.importId } });
    expect(await over(jobId)).toMatchObject({ state: 'completed' });
    expect(await found(phone(1).slice(2), email(), mark())).toEqual({});
    expect(await connection.collection('importFiles').countDocuments({ _id: file.insertedId })).toBe(0);
    const rejected = (await desk.tenant.get(`/leads/imports/${body.importId}/rejected`).expect(200)).text.trim().split(/\r?\n/);
    expect(rejected).toEqual([
      expect.any(String),
      expect.stringContaining('The row was about somebody who was erased'),
      expect.stringContaining('Somebody else'),
    ]);
  });

  it('waits for what a provider has told and nobody has worked off', async () => {
    const [lead] = await desk.leads([{ phone: phone(1) }]);
    const calls = test.connection.collection<{ _id: string; tryAt?: Date; body: string | null }>('inboundCalls');
    const more = { workspaceId: desk.tenant.id, lineId: desk.line.id, channel: 'imessage', receivedAt: new Date(), tries: 1 };
    const call = {
      _id: `call-${serial}`,
      ...more,
      body: JSON.stringify({ from: phone(1) }),
      tryAt: new Date(Date.now() + 3_600_000),
    };
    await calls.insertOne(call);
    const { jobId } = await begin(lead!);
    await eventually(
      async () => (await shown(jobId)).reason === 'What a provider told about the person has not been worked off yet',
    );
    await calls.updateOne({ _id: call._id }, { $set: { body: null }, $unset: { tryAt: '' } });
    expect(await over(jobId)).toMatchObject({ state: 'completed' });
  });
});

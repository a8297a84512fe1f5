import { Channels } from '../../src/channels';
import { type Person, PersonalData } from '../../src/leads';
import { ACCEPTED, BridgeDesk } from '../support/bridge-desk';
import { erasingTools } from '../support/erasing-tools';
import { eventually } from '../support/eventually';
import { ImportDesk } from '../support/import-desk';
import { startTestApp, type TestApp } from '../support/test-app';

/** What an erasure waits for, and what goes wrong in the middle of it. */
describe('erasing in trouble', () => {
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

  const { phone, email, name, mark, begin, shown, over, erased, found, answer, suppressionsOf } = erasingTools(() => ({
    test,
    desk,
    serial,
  }));

  it('waits for a message that is being handed over, and says so; what waits is cancelled at once', async () => {
    const [lead] = await desk.leads([{ phone: phone(1) }]);
    const later = await desk.direct({ leadId: lead, scheduledDate: new Date(Date.now() + 3_600_000).toISOString() });
    const channel = test.app.get(Channels).of('imessage');
    const send = channel.send.bind(channel);
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    jest.spyOn(channel, 'send').mockImplementationOnce(async (...call) => {
      await released;
      return send(...call);
    });
    const sending = await desk.direct({ leadId: lead, message: name() });
    await desk.become(sending, 'sending');
    const { jobId } = await begin(lead!);
    const reason = 'A message to the person is being handed over, or its outcome is not known yet';
    await eventually(async () => (await shown(jobId)).reason === reason);
    expect(await desk.message(later)).toMatchObject({ status: 'cancelled', reason: 'lead_deleted' });
    await desk.tenant.get(`/leads/${lead}`).expect(200);
    release();
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
    const rows = [
      `Phone,Email,External id,Note`,
      `12,nobody,${mark()}-ext,${name()}`,
      `13,none,other-ext,Somebody else`,
      `call ${name()},${email()},,`,
      'call Somebody else,else@example.com,,',
    ];
    const { body } = await imports.upload(rows.join('\n'), { onDuplicate: 'update' }, `?listId=${desk.listId}`).expect(202);
    expect(await imports.over(body.importId as string)).toMatchObject({ invalid: 2, warnings: 2 });
    const { jobId } = await begin(lead!);
    await eventually(async () => (await shown(jobId)).reason === 'An import, or an upload, that began before is not over yet');
    for (const collection of ['importRejects', 'importWarnings']) expect(await found(mark())).toHaveProperty(collection);
    await connection.collection('importFiles').updateOne({ _id: file.insertedId }, { $set: { importId: body.importId } });
    expect(await over(jobId)).toMatchObject({ state: 'completed' });
    expect(await found(phone(1).slice(2), email(), mark())).toEqual({});
    expect(await connection.collection('importFiles').countDocuments({ _id: file.insertedId })).toBe(0);
    const warnings = (await desk.tenant.get(`/leads/imports/${body.importId}/warnings`).expect(200)).text.trim().split(/\r?\n/);
    expect(warnings).toEqual([
      expect.any(String),
      '3,4,phone,The row was about somebody who was erased,',
      expect.stringMatching(/^4,5,phone,.*,call Somebody else$/),
    ]);
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

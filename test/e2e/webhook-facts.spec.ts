import { BridgeDesk } from '../support/bridge-desk';
import { eventually } from '../support/eventually';
import { HookDesk } from '../support/hook-desk';
import { ImportDesk } from '../support/import-desk';
import { Receiver } from '../support/receiver';
import { startTestApp, type TestApp } from '../support/test-app';

const LEADS = ['lead.created', 'lead.updated', 'lead.deleted'];
const CONSENT = ['contact.opted_out', 'contact.opted_in'];

describe('webhooks about people and work', () => {
  let test: TestApp;
  let receiver: Receiver;
  let desk: BridgeDesk;
  let hooks: HookDesk;
  let next = 0;
  const phone = () => `+1207${6_000_040 + (next += 1) * 100}`;
  const lead = async (fields: object) => {
    const { body } = await desk.tenant.post('/leads', { leads: [fields] }).expect(201);
    return body.leadIds[0] as string;
  };
  const shown = async (id: string) => (await desk.tenant.get(`/leads?id=${id}`).expect(200)).body.lead as object;

  beforeAll(async () => {
    test = await startTestApp({ AVAILABILITY_SYNC_MAX: '1' });
    receiver = await Receiver.start();
    desk = await BridgeDesk.at(test, 0);
    hooks = new HookDesk(desk.tenant, receiver);
  });
  afterAll(async () => {
    await test.close();
    await receiver.close();
  });

  it('tell of leads that are new, changed and deleted, and of no change that is none', async () => {
    const endpoint = await hooks.subscribe(LEADS);
    const id = await lead({ phone: phone(), firstName: 'Ann' });
    const [created] = await hooks.got(endpoint);
    expect(created!.body).toMatchObject({ event: 'lead.created', leadId: id, lead: await shown(id) });

    await desk.tenant.patch(`/leads/${id}`, { firstName: 'Ann' }).expect(200);
    await desk.tenant.patch(`/leads/${id}`, { firstName: 'Anna' }).expect(200);
    const [, updated] = await hooks.got(endpoint, 2);
    expect(updated!.body).toMatchObject({ event: 'lead.updated', leadId: id, lead: await shown(id) });

    await desk.tenant.patch('/leads', { leads: [{ _id: id, lastName: 'Lee' }] }).expect(200);
    await hooks.got(endpoint, 3);
    await desk.tenant.delete(`/leads/${id}`).expect(200);
    const all = await hooks.got(endpoint, 4);
    expect(all.at(-1)!.body).toEqual({
      id: expect.any(String),
      event: 'lead.deleted',
      timestamp: expect.any(String),
      workspaceId: desk.tenant.id,
      leadId: id,
    });
    expect(new Set(all.map(({ body }) => body.id)).size).toBe(all.length);
  });

  it('tell of a lead that another row updates', async () => {
    const number = phone();
    const id = await lead({ phone: number, firstName: 'Bob' });
    const endpoint = await hooks.subscribe(['lead.updated']);
    const update = { leads: [{ phone: number, lastName: 'Lee' }], onDuplicate: 'update' };
    await desk.tenant.post('/leads', update).expect(200);
    const [updated] = await hooks.got(endpoint);
    expect(updated!.body).toMatchObject({ leadId: id, lead: { firstName: 'Bob', lastName: 'Lee' } });
    await desk.tenant.post('/leads', update).expect(200);
    await lead({ phone: phone() });
    expect(hooks.count(endpoint)).toBe(1);
  });

  it('tell of STOP and START with the leads that are the person, and never of a review', async () => {
    const number = phone();
    const id = await lead({ phone: number, email: `p${next}@example.com` });
    const endpoint = await hooks.subscribe(CONSENT);
    await desk.direct({ leadId: id });
    await test.simulator.reply({ address: number, text: 'STOP' });
    const [out] = await hooks.got(endpoint);
    expect(out!.body).toMatchObject({
      event: 'contact.opted_out',
      address: number,
      domain: null,
      reason: 'opted_out',
      source: 'reply',
      leadIds: [id],
      suppression: { _id: expect.any(String), address: number, text: 'STOP' },
    });
    await test.simulator.reply({ address: number, text: 'START' });
    const [, back] = await hooks.got(endpoint, 2);
    expect(back!.body).toMatchObject({ event: 'contact.opted_in', address: number, leadIds: [id] });
    await test.simulator.reply({ address: number, text: 'please leave me alone' });
    await eventually(async () => {
      const { body } = await desk.tenant.get('/suppressions?reason=review').expect(200);
      return body.suppressions.length > 0;
    });
    expect(hooks.count(endpoint)).toBe(2);
  });

  it('tell of those whom a caller lists, and of the file they come in', async () => {
    const endpoint = await hooks.subscribe([...CONSENT, 'import.finished']);
    const [one, two] = [phone(), phone()];
    const id = await lead({ phone: one });
    await desk.tenant.post('/suppressions', { suppressions: [{ address: one }, { domain: 'example.org' }] }).expect(201);
    const listed = await hooks.got(endpoint, 2);
    expect(listed.map(({ body }) => [body.address, body.domain, body.leadIds])).toEqual(
      expect.arrayContaining([
        [one, null, [id]],
        [null, 'example.org', []],
      ]),
    );
    const started = await new ImportDesk(test, desk.tenant, '/suppressions/imports').upload(`phone\n${two}\n`).expect(202);
    const rest = (await hooks.got(endpoint, 4)).slice(2).map(({ body }) => body);
    expect(rest).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ event: 'contact.opted_out', address: two, source: 'import' }),
        expect.objectContaining({
          event: 'import.finished',
          importId: started.body.importId,
          kind: 'suppressions',
          import: expect.objectContaining({ state: 'completed', saved: 1 }),
        }),
      ]),
    );
  });

  it('tell of imports that are done and of those that are cancelled', async () => {
    const endpoint = await hooks.subscribe(['import.finished', 'lead.created']);
    const [one, two] = [phone(), phone()];
    const imports = new ImportDesk(test, desk.tenant);
    const { body: started } = await imports.upload(`phone,firstName\n${one},Cy\n${two},Di\n`).expect(202);
    const got = (await hooks.got(endpoint, 3)).map(({ body }) => body);
    expect(
      got
        .filter(({ event }) => event === 'lead.created')
        .map(({ lead: { phone: number } }) => number)
        .sort(),
    ).toEqual([one, two].sort());
    const finished = got.find(({ event }) => event === 'import.finished');
    const { body: now } = await desk.tenant.get(`/leads/imports/${started.importId}`).expect(200);
    expect(finished).toMatchObject({
      importId: started.importId,
      kind: 'leads',
      import: { ...now, state: 'completed', saved: 2 },
    });
  });

  it('tell of a batch of checks that is over', async () => {
    const endpoint = await hooks.subscribe(['availability.finished']);
    const ids = [await lead({ phone: phone() }), await lead({ phone: phone() })];
    const { body } = await desk.tenant.post('/leads/check-availability', { leadIds: ids }).expect(202);
    const [finished] = await hooks.got(endpoint);
    expect(finished!.body).toMatchObject({ jobId: body.jobId, job: { state: 'completed', total: 2, checked: 2 } });
  });

  it('tell a workspace nothing of what happens in another', async () => {
    const endpoint = await hooks.subscribe([...LEADS, ...CONSENT, 'import.finished']);
    const other = await test.tenant();
    await other.post('/leads', { leads: [{ phone: phone() }] }).expect(201);
    await other.post('/suppressions', { suppressions: [{ address: phone() }] }).expect(201);
    const id = await lead({ phone: phone() });
    const [first] = await hooks.got(endpoint);
    expect(first!.body.leadId).toBe(id);
    expect(hooks.count(endpoint)).toBe(1);
  });
});

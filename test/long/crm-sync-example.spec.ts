import type { AddressInfo } from 'node:net';
import { createTucoClient, type TucoClient, type WebhookEvent } from '@tuco/client';
import { type Contact, CrmSync, receive } from '../../examples/crm-sync';
import { NOW } from '../support/campaigns';
import { eventually } from '../support/eventually';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** The example of an integration, written from the description and the client alone, runs as it stands. */
describe('examples/crm-sync', () => {
  let test: TestApp;
  let tenant: Tenant;
  let tuco: TucoClient;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    tenant = await test.tenant();
    tuco = createTucoClient({ baseUrl: test.url, key: tenant.key });
  });

  const contacts = (count: number, more: Partial<Contact> = {}): Contact[] =>
    Array.from({ length: count }, (_, index) => ({ id: `crm-${index}`, email: `p${index}@example.com`, ...more }));

  it('finds its list again, writes people once, and says who was not taken', async () => {
    const sync = await CrmSync.open(tuco, 'Clients');
    expect(await sync.push([...contacts(1_200), { id: 'nobody', firstName: 'No', phone: '12' }])).toEqual(
      new Map([['nobody', expect.any(String)]]),
    );
    const again = await CrmSync.open(tuco, 'Clients');
    expect(again.listId).toBe(sync.listId);
    expect(await again.push(contacts(1_200, { firstName: 'Ada' }))).toEqual(new Map());
    const { body } = await tenant.get(`/leads?listId=${sync.listId}&limit=1`).expect(200);
    expect(body.pagination.totalCount).toBe(1_200);
    expect(body.leads[0].firstName).toBe('Ada');
  });

  it('hears of every change and deletion, from where it stopped', async () => {
    const sync = await CrmSync.open(tuco, 'Clients');
    await sync.push(contacts(3));
    const first = await eventually(async () => {
      const changes = await sync.pull('1970-01-01T00:00:00Z');
      return changes.changed.length === 3 && changes;
    });
    const [one, two] = first.changed;
    await tenant.patch(`/leads/${one!._id}`, { notes: 'called' }).expect(200);
    await tenant.delete(`/leads/${two!._id}`).expect(200);
    const second = await eventually(async () => {
      const changes = await sync.pull(first.since);
      return changes.deleted.length === 1 && changes;
    });
    expect(second.changed.find(({ _id }) => _id === one!._id)).toMatchObject({ notes: 'called' });
    expect(second.deleted).toMatchObject([{ _id: two!._id, externalId: two!.externalId }]);
  });

  it('launches once, and takes what webhooks tell, from nobody else', async () => {
    await test.line(tenant);
    const sync = await CrmSync.open(tuco, 'Clients');
    await sync.push([{ id: 'crm-1', phone: '+12025551340', firstName: 'Ada' }]);
    const told: WebhookEvent[] = [];
    let secret = '';
    const server = receive(
      () => secret,
      (event) => told.push(event),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tuco`;
      secret = await sync.subscribe(url);
      const steps = [{ template: 'Hi {firstName}', wait: NOW }];
      const { body } = await tenant.post('/campaigns', { name: 'Spring', listId: sync.listId, steps }).expect(201);
      expect(await sync.launch(body._id)).toBe(true);
      await eventually(() => Promise.resolve(told.some(({ event }) => event === 'message.sent')));
      expect(told.find(({ event }) => event === 'message.sent')!.body).toMatchObject({ message: { externalId: 'crm-1' } });
      await tenant.post(`/campaigns/${body._id}/archive`).expect(200);
      expect(await sync.launch(body._id)).toBe(false);
      const forged = await fetch(url, { method: 'POST', body: '{}', headers: { 'webhook-id': 'x' } });
      expect(forged.status).toBe(401);
    } finally {
      server.close();
    }
  });
});

import { ObjectId } from 'bson';
import fc from 'fast-check';
import type { CommandStartedEvent } from 'mongodb';
import request, { type Test } from 'supertest';
import { LeadsSaved } from '../../src/leads';
import { DomainEvents } from '../../src/platform/events';
import { sessionOf } from '../../src/platform/mongo';
import { CommandLog } from '../support/commands';
import { CutProxy } from '../support/cut-proxy';
import { eventually } from '../support/eventually';
import { ListDesk, type StoredLead } from '../support/list-desk';
import { runs } from '../support/runs';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

interface Row {
  phone?: string;
  email?: string;
  firstName?: string;
  altPhone1?: string;
}
const phone = (n: number) => `+1202555${String(1_000 + n)}`;
const email = (n: number) => `person${n}@example.com`;

/**
 * Calls with a few leads for the same list, at once: they share transactions, and nobody is to notice. See
 * docs/adr/0016.
 */
describe('calls that are saved together', () => {
  let test: TestApp;
  let tenant: Tenant;
  let desk: ListDesk;
  let log: CommandLog;
  /** While it is unresolved, whoever has saved waits before the commit. */
  let held: Promise<void> | undefined;

  beforeAll(async () => {
    // Nothing but the requests speaks to the store.
    test = await startTestApp({ APP_ROLE: 'api', RATE_LIMIT_PER_MINUTE: '100000' });
    tenant = await test.tenant();
    desk = new ListDesk(test, tenant);
    log = new CommandLog(test);
    test.app.get(DomainEvents).on(LeadsSaved, async () => held);
  });
  afterAll(() => test.close());

  const save = (listId: string, leads: Row[], more: object = {}) => tenant.post('/leads', { leads, listId, ...more });
  /** Sends the calls so that all have come before the first of them is through. */
  async function atOnce(calls: readonly (() => Test)[]) {
    let come = 0;
    const count = () => void (come += 1);
    let release = () => undefined as void;
    held = new Promise((done) => (release = done));
    test.app.getHttpServer().on('request', count);
    const answers = Promise.all(calls.map((call) => call()));
    await eventually(async () => come >= calls.length);
    // Whatever has come before is read before this is answered.
    await tenant.get('/lists').expect(200);
    test.app.getHttpServer().off('request', count);
    held = undefined;
    release();
    return answers;
  }
  const times = (n: number, call: (index: number) => Test) => atOnce(Array.from({ length: n }, (_, index) => () => call(index)));
  const transactions = () => log.takeOfRequests().filter(({ name }) => name === 'commitTransaction').length;

  it('each gets its own answer, and they take fewer transactions than they are', async () => {
    const listId = await desk.open();
    log.takeOfRequests();
    const answers = await times(40, (n) => save(listId, [{ phone: phone(n), firstName: `N${n}`, altPhone1: `nonsense ${n}` }]));
    expect(transactions()).toBeLessThan(10);
    const leads = await desk.stored(listId);
    const byPhone = new Map(leads.map((lead) => [lead.phone, lead]));
    answers.forEach(({ status, body }, n) => {
      const lead = byPhone.get(phone(n))!;
      expect(lead.firstName).toBe(`N${n}`);
      expect([status, body]).toEqual([
        201,
        {
          message: 'Leads saved successfully',
          savedCount: 1,
          duplicateCount: 0,
          totalProcessed: 1,
          listId,
          leadIds: [lead._id.toHexString()],
          warnings: [
            { index: 0, field: 'altPhone1', code: 'UNUSABLE_CONTACT', message: expect.stringContaining('original.altPhone1') },
          ],
        },
      ]);
    });
    expect([leads.length, await desk.count(listId)]).toEqual([40, 40]);
  });

  it('the same person in many of them is saved once; the others are told who it is', async () => {
    const listId = await desk.open();
    const answers = await times(30, (n) => save(listId, [{ phone: phone(100 + (n % 3)) }]));
    const leads = await desk.stored(listId);
    expect([leads.length, await desk.count(listId)]).toEqual([3, 3]);
    const idOf = new Map(leads.map((lead) => [lead.phone, lead._id.toHexString()]));
    answers.forEach(({ status, body }, n) => {
      const leadId = idOf.get(phone(100 + (n % 3)))!;
      expect(body.leadIds).toEqual([leadId]);
      if (status === 200) expect(body).toMatchObject({ savedCount: 0, duplicateCount: 1, duplicateOnly: true, leadId });
      else expect([status, body]).toMatchObject([201, { savedCount: 1, duplicateCount: 0 }]);
    });
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
  });

  it('one who is there already, and bad rows, change nothing for the others', async () => {
    const listId = await desk.open();
    const known = (await save(listId, [{ phone: phone(200) }]).expect(201)).body.leadIds[0] as string;
    const calls = Array.from({ length: 20 }, (_, n): [Row[], object] => {
      if (n % 5 === 1) return [[{ phone: phone(200), email: email(200 + n) }], {}];
      if (n % 5 === 2) return [[{ firstName: 'Nobody' }, { email: email(200 + n) }], { onInvalid: 'skip' }];
      if (n % 5 === 3) return [[{ firstName: 'Nobody' }, { email: email(200 + n) }], { onInvalid: 'reject' }];
      return [[{ email: email(200 + n) }], n % 2 ? { source: 'a fair' } : {}];
    });
    const answers = await atOnce(
      calls.map(
        ([rows, more]) =>
          () =>
            save(listId, rows, more),
      ),
    );
    answers.forEach(({ status, body }, n) => {
      if (n % 5 === 1) expect([status, body]).toMatchObject([200, { duplicateCount: 1, leadIds: [known] }]);
      else if (n % 5 === 2) {
        expect([status, body]).toMatchObject([201, { savedCount: 1, invalidCount: 1, invalid: [{ index: 0 }] }]);
        expect(body.leadIds).toEqual([null, expect.any(String)]);
      } else if (n % 5 === 3) expect([status, body.details]).toEqual([400, [expect.objectContaining({ index: 0 })]]);
      else expect([status, body]).toMatchObject([201, { savedCount: 1, totalProcessed: 1 }]);
    });
    expect([(await desk.stored(listId)).length, await desk.count(listId)]).toEqual([13, 13]);
  });

  it('any calls at once: rows add up, nobody twice, every id belongs to the row that it answers', async () => {
    const row = fc
      .record({ phone: fc.nat(5).map(phone), email: fc.nat(5).map(email) }, { requiredKeys: [] })
      .map((one): Row => one);
    const calls = fc.array(fc.array(row, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 12 });
    const property = fc.asyncProperty(calls, async (all) => {
      const listId = await desk.open();
      const answers = await atOnce(all.map((rows) => () => save(listId, rows, { onInvalid: 'skip' })));
      const leads = new Map((await desk.stored(listId)).map((lead) => [lead._id.toHexString(), lead]));
      let saved = 0;
      answers.forEach(({ body }, call) => {
        const rows = all[call]!;
        const bad = rows.filter((one) => !one.phone && !one.email).length;
        expect(body.invalidCount ?? 0).toBe(bad);
        expect(body.savedCount + body.duplicateCount + bad).toBe(rows.length);
        saved += body.savedCount;
        body.leadIds.forEach((id: string | null, index: number) => {
          const { phone = null, email = null } = rows[index]!;
          if (!phone && !email) return expect(id).toBeNull();
          const lead = leads.get(id!)!;
          return expect((phone && lead.phone === phone) || (email && lead.email === email)).toBe(true);
        });
      });
      expect([leads.size, await desk.count(listId)]).toEqual([saved, saved]);
      for (const field of ['phone', 'email'] as const) {
        const values = [...leads.values()].flatMap((lead) => lead[field] ?? []);
        expect(new Set(values).size).toBe(values.length);
      }
    });
    await fc.assert(property, { numRuns: runs(40) });
  });

  it('one that cannot be saved fails alone, and leaves nothing behind', async () => {
    const listId = await desk.open();
    const unlucky = phone(300);
    test.app.get(DomainEvents).on(LeadsSaved, async ({ leadIds }, transaction) => {
      const session = sessionOf(transaction);
      const ids = leadIds.map((id) => ObjectId.createFromHexString(id));
      const found = await test.connection.collection('leads').findOne({ _id: { $in: ids }, phone: unlucky }, { session });
      if (found) throw new Error('Somebody outside refuses this lead');
    });
    const answers = await times(20, (n) => save(listId, [{ phone: phone(300 + n) }]));
    expect(answers.map(({ status }) => status)).toEqual([500, ...Array<number>(19).fill(201)]);
    const leads = await desk.stored(listId);
    expect(leads.map((lead) => lead.phone)).not.toContain(unlucky);
    expect([leads.length, await desk.count(listId)]).toEqual([19, 19]);
  });

  it('tenants, lists and sources never share one: each lead is where its caller wanted it', async () => {
    const tenants = [tenant, await test.tenant(), await test.tenant()];
    const listId = await desk.open();
    // Making "Quick Sends" is a race of its own.
    for (const one of tenants) await one.post('/leads', { leads: [{ phone: phone(399) }] });
    log.takeOfRequests();
    const calls = Array.from({ length: 60 }, (_, n) => ({
      caller: tenants[n % 3]!,
      source: n % 2 ? 'a fair' : undefined,
      list: n % 12 === 6 || n % 12 === 9 ? listId : undefined,
    }));
    const answers = await times(calls.length, (n) => {
      const { caller, source, list } = calls[n]!;
      return caller.post('/leads', { leads: [{ phone: phone(400 + n) }], source, listId: list });
    });
    expect(transactions()).toBeLessThan(30);
    const leads = await test.connection
      .collection<StoredLead>('leads')
      .find({ phone: { $in: calls.map((_, n) => phone(400 + n)) } })
      .toArray();
    const byPhone = new Map(leads.map((lead) => [lead.phone, lead]));
    answers.forEach(({ status, body }, n) => {
      const { caller, source, list } = calls[n]!;
      const lead = byPhone.get(phone(400 + n))!;
      expect([status, body.leadIds]).toEqual([201, [lead._id.toHexString()]]);
      expect([lead.workspaceId, lead.source, lead.listId.toHexString()]).toEqual([caller.id, source ?? 'csv', body.listId]);
      expect(body.listId === listId).toBe(list !== undefined);
    });
  });

  it('one with an Idempotency-Key among others is done once, and answers the same again', async () => {
    const listId = await desk.open();
    const call = (n: number) => {
      const sent = save(listId, [{ phone: phone(500 + n) }]);
      return n % 2 ? sent.set('idempotency-key', `call-${n}`) : sent;
    };
    const first = await times(20, call);
    for (const { status } of first) expect(status).toBe(201);
    for (const n of [1, 3, 19]) {
      const again = await call(n);
      expect([again.status, again.body]).toEqual([201, first[n]!.body]);
      expect(again.headers['idempotency-replayed']).toBe('true');
    }
    expect(await desk.count(listId)).toBe(20);
  });

  describe('when the store fails in the middle', () => {
    let proxy: CutProxy;
    let cutOff: TestApp;

    beforeAll(async () => {
      proxy = await CutProxy.start(process.env.MONGODB_URI!);
      const MONGODB_URI = `${proxy.uri(test.place.name)}&monitorCommands=true`;
      cutOff = await startTestApp({ APP_ROLE: 'api', MONGODB_URI, STORE_TIMEOUT_MS: '1000' }, undefined, test);
    });
    afterAll(async () => {
      await cutOff.close();
      proxy.stop();
    });

    /**
     * Ten calls of a lead each; at that command of any of them, `trouble` happens. What else goes on, such as
     * the placing of events, has transactions of its own.
     */
    async function saveWith(listId: string, at: string, trouble: () => void) {
      const ask = (path: string) => request(cutOff.url).get(`/api${path}`).auth(tenant.key, { type: 'bearer' });
      await eventually(async () => (await ask('/lists')).status === 200);
      const client = cutOff.connection.getClient();
      let struck = false;
      const saving = new Set<string>();
      const strike = ({ commandName, command }: CommandStartedEvent) => {
        const transaction = `${JSON.stringify(command.lsid)} ${String(command.txnNumber)}`;
        if (command.insert === 'leads') saving.add(transaction);
        if (struck || commandName !== at || !saving.has(transaction)) return;
        struck = true;
        trouble();
      };
      client.on('commandStarted', strike);
      try {
        return await Promise.all(
          Array.from({ length: 10 }, (_, n) =>
            request(cutOff.url)
              .post('/api/leads')
              .auth(tenant.key, { type: 'bearer' })
              .send({ leads: [{ phone: phone(600 + n) }], listId }),
          ),
        );
      } finally {
        client.off('commandStarted', strike);
        proxy.restore();
        expect(struck).toBe(true);
      }
    }

    it.each(['insert', 'commitTransaction'])('cut once at "%s": all are saved, once, and told so', async (at) => {
      for (const trouble of [() => proxy.cut(false), () => proxy.swallowAnswerTo(at, false)]) {
        const listId = await desk.open();
        const answers = await saveWith(listId, at, trouble);
        for (const { status, body } of answers) expect([status, body]).toMatchObject([201, { savedCount: 1 }]);
        expect([(await desk.stored(listId)).length, await desk.count(listId)]).toEqual([10, 10]);
      }
    });

    it('the answer to the commit lost, and gone: whoever may have been saved is told so, and nobody is saved twice', async () => {
      const listId = await desk.open();
      const answers = await saveWith(listId, 'commitTransaction', () => proxy.swallowAnswerTo('commitTransaction', true));
      const codes = answers.map(({ status, body }) => [status, body.code]);
      const leads = await eventually(async () => {
        const found = await desk.stored(listId);
        return found.length > 0 && found;
      });
      const known = new Set(leads.map((lead) => lead.phone));
      codes.forEach((code, n) => {
        expect(code).toEqual([503, known.has(phone(600 + n)) ? 'OUTCOME_UNKNOWN' : 'STORE_UNAVAILABLE']);
      });
      for (let n = 0; n < 10; n += 1) {
        const again = await save(listId, [{ phone: phone(600 + n) }]);
        expect(again.body).toMatchObject({ savedCount: known.has(phone(600 + n)) ? 0 : 1 });
      }
      expect([(await desk.stored(listId)).length, await desk.count(listId)]).toEqual([10, 10]);
    });
  });
});

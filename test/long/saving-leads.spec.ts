import fc from 'fast-check';
import type { CommandStartedEvent } from 'mongodb';
import request from 'supertest';
import { CutProxy } from '../support/cut-proxy';
import { eventually } from '../support/eventually';
import { ListDesk, type StoredLead } from '../support/list-desk';
import { runs } from '../support/runs';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

interface Row {
  phone?: unknown;
  email?: unknown;
  externalId?: string;
  firstName?: string;
}
interface Saved {
  savedCount: number;
  updatedCount?: number;
  duplicateCount: number;
  invalidCount?: number;
  totalProcessed: number;
  leadIds: (string | null)[];
}
const phone = (n: number) => `+1202555${String(1_000 + n)}`;
const email = (n: number) => `person${n}@example.com`;
const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0);

/** Leads that come from everywhere at once: nobody twice in a list, every count exact, nothing half. */
describe('saving leads', () => {
  let test: TestApp;
  let tenant: Tenant;
  let desk: ListDesk;

  beforeAll(async () => {
    test = await startTestApp();
    tenant = await test.tenant();
    desk = new ListDesk(test, tenant);
  });
  afterAll(() => test.close());

  const save = async (listId: string, leads: Row[], more: object = {}): Promise<Saved> => {
    const answer = await tenant.post('/leads', { leads, listId, ...more });
    if (answer.status !== 200 && answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
    return answer.body as Saved;
  };

  /** No two leads of the list share a contact, and the count says how many they are. @returns them */
  async function sound(listId: string): Promise<StoredLead[]> {
    const leads = await desk.stored(listId);
    for (const field of ['phone', 'email', 'externalId'] as const) {
      const values = leads.map((lead) => lead[field]).filter((value) => value !== null);
      expect(values.sort()).toEqual([...new Set(values)].sort());
    }
    expect(await desk.count(listId)).toBe(leads.length);
    return leads;
  }

  it('twenty calls at once with the same people: each is saved once, and the counts add up', async () => {
    const listId = await desk.open();
    const people = Array.from({ length: 60 }, (_, n) => ({ phone: phone(n), email: email(n) }));
    // Each call has half of the people, in an order of its own.
    const calls = Array.from({ length: 20 }, (_, call) => people.map((_, n) => people[(n * 7 + call * 11) % 60]!).slice(0, 30));
    const answers = await Promise.all(calls.map((rows) => save(listId, rows)));
    for (const answer of answers) expect(answer.savedCount + answer.duplicateCount).toBe(30);
    const leads = await sound(listId);
    const wanted = new Set(calls.flat().map((person) => person.phone));
    expect(leads.map((lead) => lead.phone).sort()).toEqual([...wanted].sort());
    expect(sum(answers.map(({ savedCount }) => savedCount))).toBe(wanted.size);
    const idOf = new Map(leads.map((lead) => [lead.phone, lead._id.toHexString()]));
    answers.forEach((answer, call) => expect(answer.leadIds).toEqual(calls[call]!.map((person) => idOf.get(person.phone))));
  });

  it('single leads and bulks at once, by phone, by e-mail and by both, across two lists', async () => {
    const lists = [await desk.open(), await desk.open()];
    const rows = (seed: number, length: number): Row[] =>
      Array.from({ length }, (_, index) => {
        const n = (seed * 5 + index * 3) % 25;
        return [{ phone: phone(n) }, { email: email(n) }, { phone: phone(n), email: email((n * 7) % 25) }][(seed + index) % 3]!;
      });
    const calls = Array.from({ length: 40 }, (_, seed) => ({
      list: lists[seed % 2]!,
      rows: rows(seed, seed % 4 === 0 ? 1 : 12),
    }));
    const answers = await Promise.all(calls.map(async ({ list, rows }) => ({ list, rows, answer: await save(list, rows) })));
    for (const { answer, rows } of answers) expect(answer.savedCount + answer.duplicateCount).toBe(rows.length);
    for (const list of lists) {
      const here = answers.filter((one) => one.list === list);
      expect((await sound(list)).length).toBe(sum(here.map(({ answer }) => answer.savedCount)));
    }
  });

  it('saving, moving, changing and deleting at once: nobody twice, nobody lost, counts exact', async () => {
    const lists = [await desk.open(), await desk.open()] as const;
    const people = (from: number) =>
      Array.from({ length: 20 }, (_, n) => ({ phone: phone(100 + from + n), email: email(100 + from + n) }));
    const first = await Promise.all(lists.map((list, which) => save(list, people(which * 10))));
    const ids = first.flatMap(({ leadIds }) => leadIds as string[]);
    const outcomes = { saved: 0, deleted: 0, moved: 0, refused: 0 };
    const work = Array.from({ length: 60 }, (_, n) => async () => {
      const id = ids[(n * 13) % ids.length]!;
      if (n % 3 === 0) {
        const { savedCount } = await save(lists[n % 2]!, people(n % 30));
        outcomes.saved += savedCount;
      } else if (n % 3 === 1) {
        const { status } = await tenant.patch(
          `/leads/${id}`,
          n % 2 ? { listId: lists[n % 4 === 1 ? 0 : 1] } : { phone: phone(100 + (n % 30)) },
        );
        expect([200, 404, 409]).toContain(status);
        if (status === 200) outcomes.moved += 1;
        if (status === 409) outcomes.refused += 1;
      } else {
        const { status } = await tenant.delete(`/leads/${id}`);
        expect([200, 404]).toContain(status);
        if (status === 200) outcomes.deleted += 1;
      }
    });
    await Promise.all(work.map((one) => one()));
    const left = [...(await sound(lists[0])), ...(await sound(lists[1]))];
    expect(left.length).toBe(ids.length + outcomes.saved - outcomes.deleted);
    for (const [kind, n] of Object.entries(outcomes)) expect([kind, n > 0]).toEqual([kind, true]);
    for (const lead of left) expect(lists).toContain(lead.listId.toHexString());
  });

  it('any mix of rows, in any chunks, by two callers at once: saved + updated + duplicate + invalid = rows', async () => {
    const good = fc
      .record(
        { phone: fc.nat(7).map(phone), email: fc.nat(7).map(email), externalId: fc.nat(4).map(String) },
        { requiredKeys: [] },
      )
      .filter((row) => row.phone !== undefined || row.email !== undefined)
      .map((row) => ({ row: row, good: true }));
    const bad = fc
      .constantFrom<Row>({}, { firstName: 'Nobody' }, { phone: 'nonsense' }, { phone: 5 }, { email: 'x@' }, { externalId: '1' })
      .map((row) => ({ row, good: false }));
    const chunks = fc.array(
      fc.array(fc.oneof({ arbitrary: good, weight: 4 }, { arbitrary: bad, weight: 1 }), { minLength: 1, maxLength: 9 }),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    const mode = fc.constantFrom('skip', 'update');
    const property = fc.asyncProperty(chunks, chunks, mode, async (one, other, onDuplicate) => {
      const listId = await desk.open();
      const inTurn = async (calls: typeof one) => {
        let saved = 0;
        for (const call of calls) {
          const rows = call.map(({ row }) => row);
          const answer = await save(listId, rows, { onInvalid: 'skip', onDuplicate });
          const { savedCount, updatedCount = 0, duplicateCount, invalidCount = 0 } = answer;
          expect(savedCount + updatedCount + duplicateCount + invalidCount).toBe(rows.length);
          expect(answer.totalProcessed).toBe(rows.length);
          const bad = call.filter((row) => !row.good);
          // With "update", a row about somebody else or about two leads is bad too, and one with nothing but
          // an external id may be good.
          if (onDuplicate === 'skip') expect(invalidCount).toBe(bad.length);
          else expect(invalidCount).toBeGreaterThanOrEqual(bad.filter(({ row }) => !('externalId' in row)).length);
          expect(answer.leadIds.filter((id) => id === null)).toHaveLength(invalidCount);
          saved += savedCount;
        }
        return saved;
      };
      const saved = await Promise.all([inTurn(one), inTurn(other)]);
      expect((await sound(listId)).length).toBe(sum(saved));
    });
    await fc.assert(property, { numRuns: runs(40) });
  });

  describe('when the store fails in the middle of a call', () => {
    interface Behind {
      proxy: CutProxy;
      app: TestApp;
    }
    /** Waits for the store as long as the product does by itself. */
    let patient: Behind;
    /** Gives up soon, which it is to do here. */
    let hasty: Behind;

    beforeAll(async () => {
      patient = await behind({});
      hasty = await behind({ STORE_TIMEOUT_MS: '1000' });
    });
    afterAll(async () => {
      for (const { app, proxy } of [patient, hasty]) {
        await app.close();
        proxy.stop();
      }
    });

    async function behind(settings: Record<string, string>): Promise<Behind> {
      const proxy = await CutProxy.start(process.env.MONGODB_URI!);
      const MONGODB_URI = `${proxy.uri(test.place.name)}&monitorCommands=true`;
      return { proxy, app: await startTestApp({ APP_ROLE: 'api', MONGODB_URI, ...settings }, undefined, test) };
    }

    /** Saves a hundred leads; at that command, `trouble` happens. */
    async function saveWith({ app: cutOff, proxy }: Behind, listId: string, leads: Row[], at: string, trouble: () => void) {
      // The driver may still be finding back from the cut before.
      await eventually(
        async () => (await request(cutOff.url).get('/api/lists').auth(tenant.key, { type: 'bearer' })).status === 200,
      );
      const client = cutOff.connection.getClient();
      let struck = false;
      const strike = ({ commandName, command }: CommandStartedEvent) => {
        const collection = (command as Record<string, unknown>)[commandName];
        if (struck || `${commandName} ${typeof collection === 'string' ? collection : ''}`.trim() !== at) return;
        struck = true;
        trouble();
      };
      client.on('commandStarted', strike);
      try {
        const answer = await request(cutOff.url).post('/api/leads').auth(tenant.key, { type: 'bearer' }).send({ leads, listId });
        expect(struck).toBe(true);
        return answer;
      } finally {
        client.off('commandStarted', strike);
        proxy.restore();
      }
    }

    const moments = ['find leadLists', 'find leads', 'insert leads', 'insert counters', 'commitTransaction'];
    const people = Array.from({ length: 100 }, (_, n) => ({ phone: phone(500 + n), email: email(500 + n) }));

    const nameOf = (at: string) => at.split(' ')[0]!;

    it.each(moments)('cut once at "%s": all are saved, once', async (at) => {
      for (const trouble of [() => patient.proxy.cut(false), () => patient.proxy.swallowAnswerTo(nameOf(at), false)]) {
        const listId = await desk.open();
        const { status, body } = await saveWith(patient, listId, people, at, trouble);
        expect([status, body]).toMatchObject([201, { savedCount: 100, duplicateCount: 0 }]);
        expect(await sound(listId)).toHaveLength(100);
      }
    });

    it.each([
      ['insert leads', 'question'],
      ['insert counters', 'answer'],
      ['commitTransaction', 'question'],
      ['commitTransaction', 'answer'],
    ])(
      'cut off at "%s", its %s lost, and gone: 503, nothing is saved, and the same call later saves all',
      async (at, lost) => {
        const listId = await desk.open();
        const trouble = () => (lost === 'question' ? hasty.proxy.cut(true) : hasty.proxy.swallowAnswerTo(nameOf(at), true));
        const { status, body } = await saveWith(hasty, listId, people, at, trouble);
        expect(status).toBe(503);
        // Only a commit whose answer is lost may have saved; it says that it does not know.
        const saved = at === 'commitTransaction' && lost === 'answer' ? 100 : 0;
        expect(body.code).toBe(at === 'commitTransaction' ? 'OUTCOME_UNKNOWN' : 'STORE_UNAVAILABLE');
        expect(await sound(listId)).toHaveLength(saved);
        // A server may keep what was cut off open for a while, and the people in it locked.
        const again = await eventually(async () => {
          const answer = await tenant.post('/leads', { leads: people, listId });
          return answer.status < 300 && answer.body;
        }, 100_000);
        expect(again).toMatchObject({ savedCount: 100 - saved, duplicateCount: saved });
        expect(await sound(listId)).toHaveLength(100);
      },
      120_000,
    );
  });
});

import fc from 'fast-check';
import { LeadsSaved } from '../../src/leads';
import { NotFound } from '../../src/platform/errors';
import { DomainEvents } from '../../src/platform/events';
import { sessionOf } from '../../src/platform/mongo';
import { ImportDesk } from '../support/import-desk';
import { ListDesk } from '../support/list-desk';
import { runs } from '../support/runs';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

interface Row {
  phone: string;
  email: string;
}
const phone = (n: number) => `+1202555${String(1_000 + n)}`;
const email = (n: number) => `person${n}@example.com`;

/**
 * Any rows: good ones of so few people that most are duplicates, in the file and between the files, bad ones,
 * and such as are told of.
 */
const drawnRow = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.option(fc.nat(11)), fc.option(fc.nat(11)))
      .map(([p, e]): Row => ({ phone: p === null ? '' : phone(p), email: e === null ? '' : email(e) })),
  },
  { weight: 1, arbitrary: fc.constantFrom<Row>({ phone: 'nonsense', email: '' }, { phone: '12', email: 'x@' }) },
  { weight: 1, arbitrary: fc.nat(11).map((n): Row => ({ phone: 'call me', email: email(n) })) },
);
const drawnFile = fc.array(drawnRow, { minLength: 1, maxLength: 30 });
const isGood = ({ phone, email }: Row) => phone.startsWith('+') || email.includes('@example');
const csvOf = (rows: readonly Row[]) =>
  ['First Name,Phone,Email', ...rows.map(({ phone, email }, n) => `N${n},${phone},${email}`)].join('\n');

/**
 * What goes wrong at the so-and-so-many-th saving of leads: a stumble, there or at the commit, is tried
 * again; a refusal ends the import.
 */
const drawnTrouble = fc.option(
  fc.record({ at: fc.integer({ min: 1, max: 4 }), kind: fc.constantFrom('stumble', 'stumble at the commit', 'refusal') }),
);

describe.each([1, 2, 5, 12, 1_000])('two imports into one list at once, %i rows a chunk', (chunkRows) => {
  let test: TestApp;
  let tenant: Tenant;
  let desk: ListDesk;
  let imports: ImportDesk;
  let trouble: { at: number; kind: string } | null = null;
  let savings = 0;

  beforeAll(async () => {
    test = await startTestApp({ IMPORT_CHUNK_ROWS: String(chunkRows) });
    tenant = await test.tenant();
    desk = new ListDesk(test, tenant);
    imports = new ImportDesk(test, tenant);
    test.app.get(DomainEvents).on(LeadsSaved, (_, transaction) => {
      const session = sessionOf(transaction);
      savings += 1;
      if (savings !== trouble?.at) return Promise.resolve();
      const stumble = () => Promise.reject(new Error('A stumble'));
      if (trouble.kind === 'refusal') return Promise.reject(new NotFound('Campaign'));
      if (trouble.kind === 'stumble') return stumble();
      session.commitTransaction = stumble;
      return Promise.resolve();
    });
  });
  afterAll(() => test.close());

  const start = async (rows: readonly Row[], listId: string, onDuplicate: string) =>
    (await imports.upload(csvOf(rows), { listId, onDuplicate }).expect(202)).body.importId as string;
  /** The numbers, from 1, of the rows that an import reports. */
  const reported = async (id: string, what: 'rejected' | 'warnings' | 'duplicates') =>
    (await tenant.get(`/leads/imports/${id}/${what}`).expect(200)).text
      .split('\n')
      .slice(1)
      .filter((line) => line !== '')
      .map((line) => Number(/\d+/.exec(line)![0]));

  it('any rows, whatever goes wrong: counts add up and are true, nobody is there twice, nothing is half there', async () => {
    const property = fc.asyncProperty(
      fc.tuple(drawnFile, drawnFile),
      fc.constantFrom('skip', 'update'),
      drawnTrouble,
      async (files, onDuplicate, drawn) => {
        [trouble, savings] = [drawn, 0];
        const listId = await desk.open();
        const ids = await Promise.all(files.map((rows) => start(rows, listId, onDuplicate)));
        const views = await Promise.all(ids.map((id) => imports.over(id)));
        const leads = await desk.stored(listId);

        for (const field of ['phone', 'email'] as const) {
          const values = leads.flatMap((lead) => lead[field] ?? []);
          expect(new Set(values).size).toBe(values.length);
        }
        expect(await desk.count(listId)).toBe(leads.length);
        expect(views[0]!.saved + views[1]!.saved).toBe(leads.length);
        if (drawn?.kind !== 'refusal') expect(views.map(({ state }) => state)).toEqual(['completed', 'completed']);

        for (const [n, { state, rows, saved, updated, duplicate, invalid, warnings }] of views.entries()) {
          const file = files[n]!;
          expect(saved + updated + duplicate + invalid).toBe(rows);
          // One that was refused has taken whole chunks, and nothing of the one that was refused.
          if (state === 'completed') expect(rows).toBe(file.length);
          else expect([rows % chunkRows, rows < file.length]).toEqual([0, true]);
          const taken = file.slice(0, rows);
          const bad = taken.flatMap((one, row) => (isGood(one) ? [] : [row + 1]));
          const rejected = await reported(ids[n]!, 'rejected');
          expect(rejected).toHaveLength(invalid);
          const duplicates = await reported(ids[n]!, 'duplicates');
          expect([duplicates.length, new Set(duplicates).size]).toEqual([duplicate, duplicate]);
          const warned = await reported(ids[n]!, 'warnings');
          expect([warned.length, new Set(warned).size]).toEqual([warnings, warnings]);
          if (onDuplicate === 'skip') {
            expect(rejected).toEqual(bad);
            expect(updated).toBe(0);
            for (const one of taken.filter(isGood)) {
              const isThere = leads.some((lead) => lead.phone === (one.phone || NaN) || lead.email === (one.email || NaN));
              expect([one, isThere]).toEqual([one, true]);
            }
            expect(leads.filter(({ importId }) => importId === ids[n]!)).toHaveLength(saved);
          } else for (const row of bad) expect(rejected).toContain(row);
        }
      },
    );
    await fc.assert(property, { numRuns: runs(12) });
  });
});

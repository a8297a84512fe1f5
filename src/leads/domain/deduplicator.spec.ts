import fc from 'fast-check';
import { workspaceId } from '../../platform/ids';
import { Deduplicator, type OnDuplicate } from './deduplicator';
import { type Lead, newLead } from './lead';
import { parseLead, type ReadLead } from './lead-input';

const now = new Date('2026-03-01T00:00:00Z');
const context = { workspaceId: workspaceId('org_1'), listId: 'a'.repeat(24), source: null, now };

function read(row: object): ReadLead {
  const parsed = parseLead(row, '+1');
  const found = 'draft' in parsed ? parsed : parsed.ifKnown;
  if (!found) throw new Error('not a good row');
  return found;
}
let ids = 0;
const newId = () => String((ids += 1)).padStart(24, '0');
const lead = (row: object): Lead => newLead(read(row).draft, { id: newId(), ...context, now });
const judge = (existing: Lead[], onDuplicate: OnDuplicate = 'skip') =>
  new Deduplicator(existing, newId, { ...context, onDuplicate });

describe('duplicates in a list', () => {
  it.each([
    ['phone', { phone: '+12025550101', email: 'other@example.com' }],
    ['email', { email: 'ANN@example.com' }],
    ['externalId', { externalId: 'crm-1', phone: '+12025550109' }],
  ])('are found by %s', (field, row) => {
    const known = lead({ phone: '+12025550101', email: 'ann@example.com', externalId: 'crm-1' });
    expect(judge([known]).resolve(read(row))).toEqual({ kind: 'duplicate', leadId: known.id, field });
  });

  it('are not found by alternates', () => {
    const known = lead({ phone: '+12025550101', altPhone1: '+12025550102' });
    expect(judge([known]).resolve(read({ phone: '+12025550102' })).kind).toBe('saved');
  });

  it('are not judged by the contacts of rows that were duplicates themselves', () => {
    const one = judge([lead({ phone: '+12025550101' })]);
    expect(one.resolve(read({ phone: '+12025550101', email: 'new@example.com' })).kind).toBe('duplicate');
    expect(one.resolve(read({ email: 'new@example.com' })).kind).toBe('saved');
  });

  it('update the lead that externalId, then phone, then e-mail names, with what is given', () => {
    const known = lead({ phone: '+12025550101', firstName: 'Ann', customFields: { a: 1, b: 2 } });
    const outcome = judge([known], 'update').resolve(read({ phone: '+12025550101', lastName: 'Lee', customFields: { b: 3 } }));
    expect(outcome).toMatchObject({
      kind: 'updated',
      lead: { id: known.id, firstName: 'Ann', lastName: 'Lee', customFields: { a: 1, b: 3 } },
    });
  });

  it('are not updated into a second lead', () => {
    const [a, b] = [lead({ phone: '+12025550101' }), lead({ email: 'b@example.com' })];
    const outcome = judge([a, b], 'update').resolve(read({ phone: '+12025550101', email: 'b@example.com' }));
    expect(outcome).toMatchObject({ kind: 'refused', problem: { field: 'email', code: 'MATCHES_TWO_LEADS' } });
  });

  it('forget what was known of the availability when a contact changes, and only then', () => {
    const checked = { availabilityStatus: 'available' as const, availabilityCheckedAt: now, availableAddress: '+12025550101' };
    const known = { ...lead({ phone: '+12025550101' }), ...checked };
    const same = judge([known], 'update').resolve(read({ phone: '+12025550101', firstName: 'Ann' }));
    const changed = judge([known], 'update').resolve(read({ phone: '+12025550101', email: 'ann@example.com' }));
    expect(same).toMatchObject({ lead: checked });
    expect(changed).toMatchObject({ lead: { availabilityStatus: null, availabilityCheckedAt: null, availableAddress: null } });
  });

  it('add up, and leave no two leads with the same identity, for any rows', () => {
    const row = fc.record({
      phone: fc.constantFrom(null, '+12025550101', '+12025550102', '+12025550103'),
      email: fc.constantFrom('a@example.com', 'b@example.com', 'c@example.com'),
      externalId: fc.constantFrom(null, 'x', 'y'),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), fc.constantFrom<OnDuplicate>('skip', 'update'), (rows, onDuplicate) => {
        const one = judge([], onDuplicate);
        const outcomes = rows.map((each) => one.resolve(read(each)));
        const leads = new Map<string, Lead>();
        for (const outcome of outcomes) if ('lead' in outcome) leads.set(outcome.lead.id, outcome.lead);
        for (const field of ['phone', 'email', 'externalId'] as const) {
          const values = [...leads.values()].flatMap((each) => each[field] ?? []);
          expect(new Set(values).size).toBe(values.length);
        }
        expect(outcomes.filter(({ kind }) => kind === 'saved')).toHaveLength(leads.size);
      }),
    );
  });
});

import { workspaceId } from '../../platform/ids';
import { Deduplicator, type OnDuplicate, type RowOutcome } from './deduplicator';
import { type Lead, newLead } from './lead';
import { parseLead, type ReadLead } from './lead-input';
import type { OnNull } from './lead-update';

const BEFORE = new Date('2026-03-01T00:00:00Z');
const NOW = new Date('2026-03-02T00:00:00Z');
const saving = { workspaceId: workspaceId('org_1'), listId: 'l', source: null, now: NOW };
const P = '+12025550101';
const Q = '+12025550102';

function read(row: object): ReadLead {
  const parsed = parseLead(row, '+1');
  const found = 'draft' in parsed ? parsed : parsed.ifKnown;
  if (!found) throw new Error('not a good row');
  return found;
}
let ids = 0;
const lead = (row: object, more: Partial<Lead> = {}): Lead => ({
  ...newLead(read(row).draft, { id: String((ids += 1)), ...saving, now: BEFORE }),
  ...more,
});
const update = (existing: Lead[], row: object, more: { onNull?: OnNull; importId?: string; onDuplicate?: OnDuplicate } = {}) =>
  new Deduplicator(existing, () => 'new', { ...saving, onDuplicate: 'update', ...more }).resolve(read(row));
const changed = (outcome: RowOutcome): Lead => {
  if (outcome.kind !== 'updated') throw new Error(JSON.stringify(outcome));
  return outcome.lead;
};

describe('an update is refused as being about somebody else', () => {
  it.each<[string, object, object, string]>([
    ['a shared phone with another e-mail', { phone: P, email: 'ann@x.example' }, { phone: P, email: 'bob@x.example' }, 'email'],
    [
      'a shared phone, with none of the e-mails in common',
      { phone: P, email: 'ann@x.example', altEmail1: 'ann@y.example' },
      { phone: P, email: 'bob@x.example', altEmail1: 'bob@y.example' },
      'email',
    ],
    ['a shared phone with another id', { phone: P, externalId: '1' }, { phone: P, externalId: '2' }, 'externalId'],
    [
      'a shared phone and e-mail with another id',
      { phone: P, email: 'info@x.example', externalId: '1' },
      { phone: P, email: 'info@x.example', externalId: '2' },
      'externalId',
    ],
    [
      'a shared e-mail with another id',
      { email: 'info@x.example', externalId: '1' },
      { email: 'info@x.example', externalId: '2', firstName: 'Bob' },
      'externalId',
    ],
    [
      'an extension that was dropped',
      { phone: '202-555-0101 x1', email: 'ann@x.example' },
      { phone: '202-555-0101 x2', email: 'cy@x.example' },
      'email',
    ],
  ])('%s', (_, known, row, field) => {
    expect(update([lead(known)], row)).toMatchObject({ kind: 'refused', problem: { field, code: 'IDENTITY_CONFLICT' } });
  });

  it.each<[string, object, object]>([
    ['the same phone and e-mail', { phone: P, email: 'ann@x.example' }, { phone: P, email: 'ANN@x.example' }],
    [
      'an e-mail that is an alternate',
      { phone: P, email: 'a@x.example', altEmail1: 'b@x.example' },
      { phone: P, email: 'b@x.example' },
    ],
    ['an alternate of the row', { phone: P, email: 'a@x.example' }, { phone: P, email: 'b@x.example', altEmail1: 'a@x.example' }],
    ['a phone, where only the row has an e-mail', { phone: P }, { phone: P, email: 'a@x.example' }],
    ['a phone, where only the lead has an e-mail', { phone: P, email: 'a@x.example' }, { phone: P }],
    ['an e-mail with a new phone', { phone: P, email: 'a@x.example' }, { phone: Q, email: 'a@x.example' }],
    [
      'an id with everything else new',
      { phone: P, email: 'a@x.example', externalId: '1' },
      { phone: Q, email: 'b@x.example', externalId: '1' },
    ],
    ['a phone, where only the row has an id', { phone: P }, { phone: P, externalId: '1' }],
  ])('but not by %s', (_, known, row) => {
    expect(update([lead(known)], row).kind).toBe('updated');
  });

  it('nor where the lead is another one, which the row belongs to as well', () => {
    const [ann, bob] = [lead({ phone: P, email: 'ann@x.example' }), lead({ email: 'bob@x.example' })];
    const outcome = update([ann, bob], { phone: P, email: 'bob@x.example' });
    expect(outcome).toMatchObject({ kind: 'refused', problem: { field: 'email', code: 'MATCHES_TWO_LEADS' } });
  });

  it('also against a lead of the same call, and never when duplicates are skipped', () => {
    const rows = [
      { phone: P, email: 'ann@x.example' },
      { phone: P, email: 'bob@x.example' },
      { phone: P, firstName: 'Again' },
    ];
    const of = (onDuplicate: OnDuplicate) => {
      const one = new Deduplicator([], () => 'new', { ...saving, onDuplicate });
      return rows.map((row) => one.resolve(read(row)).kind);
    };
    expect(of('update')).toEqual(['saved', 'refused', 'duplicate']);
    expect(of('skip')).toEqual(['saved', 'duplicate', 'duplicate']);
  });
});

describe('an update', () => {
  it('keeps a primary that a new one displaces, and says what falls off', () => {
    const known = lead({
      externalId: '1',
      phone: P,
      altPhone1: '+12025550111',
      altPhone2: '+12025550112',
      altPhone3: '+12025550113',
    });
    const outcome = update([known], { externalId: '1', phone: Q });
    expect(changed(outcome)).toMatchObject({ phone: Q, altPhone1: '+12025550111', altPhone2: '+12025550112', altPhone3: P });
    expect(outcome).toMatchObject({
      warnings: [{ field: 'altPhone3', code: 'CONTACT_DROPPED', message: 'the lead has no room for +12025550113 any more' }],
    });
  });

  it('of a known external id needs no contact; of an unknown one it is unknown', () => {
    const known = lead({ externalId: '1', phone: P });
    expect(changed(update([known], { externalId: '1', lastName: 'Lee' }))).toMatchObject({ phone: P, lastName: 'Lee' });
    expect(changed(update([known], { externalId: '1', lastName: 'Lee', phone: 'n/a' }))).toMatchObject({ phone: P });
    expect(update([known], { externalId: '2', lastName: 'Lee' })).toEqual({ kind: 'unknown' });
  });

  it.each<[string, object]>([
    ['the same fields', { phone: P, firstName: 'Ann', customFields: { a: 1, b: { c: [1] } } }],
    ['other spellings', { phone: '(202) 555-0101', email: 'ANN@x.example', firstName: ' Ann ' }],
    ['only null and absent ones', { phone: P, firstName: null, notes: null, customFields: { a: null } }],
    ['an address that is not usable', { email: 'ann@x.example', phone: 'n/a' }],
    ['custom fields in another order', { phone: P, customFields: { b: { c: [1] }, a: 1 } }],
    ['nothing but the identity', { externalId: '1' }],
  ])('that changes nothing is the lead itself: %s', (_, row) => {
    const known = lead({
      externalId: '1',
      phone: P,
      email: 'ann@x.example',
      firstName: 'Ann',
      customFields: { a: 1, b: { c: [1] } },
    });
    expect(changed(update([known], row))).toBe(known);
  });

  it.each<[string, object]>([
    ['a name', { phone: P, firstName: 'Eve' }],
    ['a custom field, deep inside', { phone: P, customFields: { b: { c: [1, 2] } } }],
    ['a new custom field', { phone: P, customFields: { d: false } }],
    ['a new alternate', { phone: P, altPhone1: Q }],
  ])('that changes %s moves updatedAt', (_, row) => {
    const known = lead({ phone: P, firstName: 'Ann', customFields: { b: { c: [1] } } });
    expect(changed(update([known], row)).updatedAt).toBe(NOW);
  });

  it('of an import that changes nothing notes the import alone', () => {
    const known = lead({ phone: P, firstName: 'Ann' });
    expect(changed(update([known], { phone: P, firstName: 'Ann' }, { importId: 'i' }))).toEqual({ ...known, importId: 'i' });
  });

  it('clears what is given as null, where it is asked to', () => {
    const known = lead({ externalId: '1', phone: P, altPhone1: Q, firstName: 'Ann', notes: 'x', customFields: { a: 1, b: 2 } });
    const row = { externalId: '1', altPhone1: null, notes: null, customFields: { a: null, c: 3 } };
    expect(changed(update([known], row, { onNull: 'clear' }))).toMatchObject({
      firstName: 'Ann',
      notes: null,
      phone: P,
      altPhone1: null,
      customFields: { b: 2, c: 3 },
    });
    expect(changed(update([known], row))).toMatchObject({ notes: 'x', altPhone1: Q, customFields: { a: 1, b: 2, c: 3 } });
    const all = { externalId: '1', phone: null, altPhone1: null };
    expect(update([known], all, { onNull: 'clear' })).toMatchObject({ kind: 'refused', problem: { code: 'NO_CONTACT' } });
  });

  it('does not give a lead the identity of another, in any list of it', () => {
    const known = lead({ externalId: '1', phone: P, altPhone1: Q }, { listIds: ['l', 'other'] });
    const there = lead({ phone: '+12025550109' }, { listId: 'other', listIds: ['other'] });
    const second = lead({ phone: Q });
    const clash = { kind: 'refused', problem: { field: 'phone', code: 'MATCHES_TWO_LEADS' } };
    expect(update([known, there], { externalId: '1', phone: '+12025550109' })).toMatchObject(clash);
    expect(update([known, second], { externalId: '1', phone: null }, { onNull: 'clear' })).toMatchObject(clash);
    expect(update([there], { phone: '+12025550109', firstName: 'New here' }).kind).toBe('saved');
  });
});

import { parseLead } from './lead-input';

const draftOf = (row: unknown) => {
  const parsed = parseLead(row, '+1');
  if (!('draft' in parsed)) throw new Error(JSON.stringify(parsed.problems));
  return parsed;
};
const problemsOf = (row: unknown) => {
  const parsed = parseLead(row, '+1');
  return 'problems' in parsed ? parsed.problems.map(({ field }) => field) : [];
};

describe('a row of leads', () => {
  it('has its contacts normalised, with the texts they came as kept', () => {
    const { draft } = draftOf({ phone: '(202) 555-1234', email: ' Ann@Example.COM ' });
    expect(draft).toMatchObject({ phone: '+12025551234', email: 'ann@example.com' });
    expect(draft.original).toEqual({ phone: '(202) 555-1234', email: ' Ann@Example.COM ' });
  });

  it('takes the first usable of primary and alternates as primary, closes gaps, and drops repeats', () => {
    const { draft, warnings } = draftOf({
      phone: 'call me',
      altPhone1: '+12025550101',
      altPhone2: '202-555-0101',
      altPhone3: '+12025550103',
      email: 'a@example.com',
      altEmail2: 'B@example.com',
    });
    expect(draft).toMatchObject({ phone: '+12025550101', altPhone1: '+12025550103', altPhone2: null, altPhone3: null });
    expect(draft).toMatchObject({ email: 'a@example.com', altEmail1: 'b@example.com', altEmail2: null });
    expect(warnings).toEqual([{ field: 'phone', message: expect.stringContaining('original.phone') }]);
  });

  it('is bad without a usable contact', () => {
    expect(problemsOf({ firstName: 'Ann' })).toEqual(['phone']);
    expect(problemsOf({ phone: '', email: '  ' })).toEqual(['phone']);
    expect(problemsOf({ email: 'nobody' })).toEqual(['email']);
  });

  it.each([
    [null, 'lead'],
    [[], 'lead'],
    ['text', 'lead'],
    [{ phone: 12025551234 }, 'phone'],
    [{ phone: '+12025551234', firstName: 5 }, 'firstName'],
    [{ phone: '+12025551234', firstName: 'x'.repeat(201) }, 'firstName'],
    [{ phone: '+12025551234', notes: 'x'.repeat(10_001) }, 'notes'],
    [{ phone: '+12025551234', frstName: 'Ann' }, 'frstName'],
    [{ phone: '+12025551234', customFields: [] }, 'customFields'],
    [{ phone: '+12025551234', customFields: { constructor: 1 } }, 'customFields'],
    [{ phone: '+12025551234', customFields: { a: 'x'.repeat(5_000) } }, 'customFields'],
    [{ phone: '+12025551234', customFields: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [i, 1])) }, 'customFields'],
  ])('is bad when it is %j', (row, field) => {
    expect(problemsOf(row)).toContain(field);
  });

  it('keeps keys and JSON types of custom fields, and drops null ones', () => {
    const customFields = { 'Est. Deal Size': '5', $rank: 2, vip: true, tags: ['a', { b: 1 }], gone: null };
    const { gone: _, ...kept } = customFields;
    expect(draftOf({ phone: '+12025551234', customFields }).draft.customFields).toEqual(kept);
  });

  it('takes without complaint what other products send along', () => {
    expect(problemsOf({ phone: '+12025551234', hsContactId: '1', ghlContactId: '2' })).toEqual([]);
  });
});

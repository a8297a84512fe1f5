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
    expect(warnings).toEqual([{ field: 'phone', code: 'UNUSABLE_CONTACT', message: expect.stringContaining('original.phone') }]);
  });

  it('takes several values of one text: the first for the field, the others for free alternates', () => {
    const { draft, warnings } = draftOf({
      phone: '202-555-0101; 202-555-0102',
      altPhone1: '+12025550103',
      email: 'Ann <ann@example.com> ::: ann.lee@example.org',
    });
    expect(draft).toMatchObject({ phone: '+12025550101', altPhone1: '+12025550103', altPhone2: '+12025550102', altPhone3: null });
    expect(draft).toMatchObject({ email: 'ann@example.com', altEmail1: 'ann.lee@example.org', altEmail2: null });
    expect(draft.original).toEqual({
      phone: '202-555-0101; 202-555-0102',
      altPhone1: '+12025550103',
      email: 'Ann <ann@example.com> ::: ann.lee@example.org',
    });
    expect(warnings).toEqual([]);
  });

  it('says where a text holds more than there is room for, or more than can be read', () => {
    const { draft, warnings } = draftOf({
      email: 'a@example.com, b@example.com, c@example.com',
      altEmail1: 'd@example.com\ne@example.com',
      phone: '202-555-0101; nobody; 202-555-0102',
      altPhone1: '000-000-0000',
    });
    expect(draft).toMatchObject({
      email: 'a@example.com',
      altEmail1: 'd@example.com',
      altEmail2: 'b@example.com',
      altEmail3: 'c@example.com',
      phone: '+12025550101',
      altPhone1: '+12025550102',
      altPhone2: null,
    });
    expect(warnings).toEqual([
      {
        field: 'phone',
        code: 'PARTLY_UNUSABLE_CONTACT',
        message: expect.stringMatching(/besides a usable phone number.* original\.phone$/),
      },
      { field: 'altPhone1', code: 'UNUSABLE_CONTACT', message: expect.stringContaining('is not a usable phone number') },
      {
        field: 'altEmail1',
        code: 'TOO_MANY_CONTACTS',
        message: expect.stringMatching(/more e-mail addresses than .* original\.altEmail1$/),
      },
    ]);
  });

  it('is not crowded by an address that it repeats', () => {
    const emails = ['a', 'b', 'c', 'd'].map((name) => `${name}@example.com`);
    const { draft, warnings } = draftOf({ email: emails.join('; '), altEmail1: emails[1], altEmail2: emails.join(',') });
    expect([draft.email, draft.altEmail1, draft.altEmail2, draft.altEmail3]).toEqual(
      ['a', 'b', 'c', 'd'].map((name) => `${name}@example.com`),
    );
    expect(warnings).toEqual([]);
  });

  it('has nobody for a placeholder', () => {
    expect(problemsOf({ phone: '000-000-0000', email: 'none@none.com' })).toEqual(['phone']);
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

import { importColumnsOf } from './import-columns';
import { type ImportDefaults, importedRowOf } from './import-row';

const NOW = new Date('2026-06-01T12:00:00Z');
const DEFAULTS: ImportDefaults = { channel: 'all', reason: 'manual', defaultCountryCode: '+1' };

function read(row: Record<string, string>, defaults: Partial<ImportDefaults> = {}) {
  const found = importColumnsOf(Object.keys(row), {});
  if (!('columns' in found)) throw new Error(JSON.stringify(found));
  return importedRowOf(Object.values(row), found.columns, { ...DEFAULTS, ...defaults, delimiter: ',', now: NOW });
}

describe('a row of a list', () => {
  it('is a suppression, with defaults for what it does not say', () => {
    expect(read({ Phone: '(202) 555-0101', Reason: '' })).toEqual({
      suppressions: [
        { address: '+12025550101', domain: null, channel: 'all', reason: 'manual', text: null, note: null, createdAt: NOW },
      ],
      problem: null,
      warnings: [],
      isDerived: false,
    });
    const [one] = read({ Email: 'A@Example.com' }, { channel: 'email', reason: 'unsubscribed' }).suppressions;
    expect(one).toMatchObject({ address: 'a@example.com', channel: 'email', reason: 'unsubscribed' });
    expect(read({ Phone: '030 1234567' }, { defaultCountryCode: '+49' }).suppressions[0]?.address).toBe('+49301234567');
  });

  it('says more in its own words', () => {
    const row = {
      address: 'a@example.com',
      channel: 'E-Mail',
      reason: 'Opted Out',
      text: 'STOP',
      note: 'by phone',
      'unsubscribed at': '2024-05-01',
    };
    expect(read(row).suppressions).toEqual([
      {
        address: 'a@example.com',
        domain: null,
        channel: 'email',
        reason: 'opted_out',
        text: 'STOP',
        note: 'by phone',
        createdAt: new Date('2024-05-01'),
      },
    ]);
  });

  it.each([
    ['opted_out', 'opted_out'],
    ['Opt-out', 'opted_out'],
    ['Unsubscribe', 'unsubscribed'],
    ['Spam complaint', 'complained'],
    ['hard bounce', 'bounced'],
    ['PROVIDER', 'provider'],
  ])('of reason %s is %s', (reason, known) => {
    expect(read({ email: 'a@example.com', reason }).suppressions[0]?.reason).toBe(known);
  });

  it.each(['Example.com', '@example.com', '*@example.com'])('of %s is a domain', (domain) => {
    expect(read({ address: domain }).suppressions).toMatchObject([{ address: null, domain: 'example.com' }]);
    expect(read({ domain }).suppressions).toMatchObject([{ address: null, domain: 'example.com' }]);
    expect(read({ email: domain })).toMatchObject({ suppressions: [], problem: { field: 'email' } });
  });

  it('lists every address that it has, each once', () => {
    const addresses = (row: Record<string, string>) => read(row).suppressions.map(({ address }) => address);
    expect(addresses({ Email: 'a@example.com', Phone: '2025550101', Mobile: '+1 202 555 0101' })).toEqual([
      'a@example.com',
      '+12025550101',
    ]);
    expect(read({ Email: 'a@example.com', Phone: 'none' })).toMatchObject({
      suppressions: [{ address: 'a@example.com' }],
      problem: {
        field: 'phone',
        message: 'must be a phone number that can be read; the other addresses of the row are listed',
      },
    });
  });

  it('lists every address of a cell that holds several, and says where it holds more', () => {
    const addresses = (row: Record<string, string>) => read(row).suppressions.map(({ address }) => address);
    expect(addresses({ Email: 'Ann <a@example.com>; b@example.com', Phone: '202-555-0101 ::: 202-555-0102' })).toEqual([
      'a@example.com',
      'b@example.com',
      '+12025550101',
      '+12025550102',
    ]);
    expect(addresses({ address: 'a@example.com, 202-555-0101\nb@example.com' })).toEqual([
      'a@example.com',
      '+12025550101',
      'b@example.com',
    ]);
    expect(read({ email: 'a@example.com; nobody' })).toMatchObject({
      suppressions: [{ address: 'a@example.com' }],
      problem: { field: 'email', message: expect.stringContaining('the other addresses of the row are listed') },
    });
  });

  it.each<[Record<string, string>, string]>([
    [{ email: 'nonsense' }, 'email'],
    [{ email: '', note: 'x' }, 'address'],
    [{ domain: 'a@example.com' }, 'domain'],
    [{ email: 'a@example.com', reason: 'whatever' }, 'reason'],
    [{ email: 'a@example.com', reason: 'review' }, 'reason'],
    [{ email: 'a@example.com', reason: '__proto__' }, 'reason'],
    [{ email: 'a@example.com', channel: 'fax' }, 'channel'],
  ])('%j is rejected with the name of the field', (row, field) => {
    expect(read(row)).toMatchObject({ suppressions: [], problem: { field } });
  });

  it.each(['05/31/2026', 'yesterday', '2099-01-01'])('lists somebody whose date, %s, nobody can read, and says so', (date) => {
    expect(read({ email: 'a@example.com', date })).toMatchObject({
      suppressions: [{ address: 'a@example.com', createdAt: NOW }],
      problem: null,
      warnings: [{ field: 'createdAt' }],
    });
  });

  it.each([
    [['email'], ['a@example.com', 'x'], null, 'x'],
    [['email', 'note'], ['a@example.com', 'called', ' twice'], 'called, twice', 'called, twice'],
    [['note', 'email'], ['n', 'a@example.com', '', 'x'], 'n', ',x'],
  ])('with more cells than the header %j is listed all the same, and says so', (header, row, note, text) => {
    const found = importColumnsOf(header, {});
    const read = 'columns' in found && importedRowOf(row, found.columns, { ...DEFAULTS, delimiter: ',', now: NOW });
    expect(read).toMatchObject({
      suppressions: [{ address: 'a@example.com', note }],
      problem: null,
      warnings: [{ field: 'row', text }],
    });
  });

  it('keeps as much of a text as a reply, and says that it is cut, never within a character', () => {
    const { suppressions, warnings } = read({ email: 'a@example.com', note: `${'x'.repeat(999)}😀`, text: 'y'.repeat(1_000) });
    expect(suppressions[0]).toMatchObject({ note: 'x'.repeat(999), text: 'y'.repeat(1_000) });
    expect(warnings).toEqual([{ field: 'note', message: 'is cut at 1,000 characters', text: `${'x'.repeat(999)}😀` }]);
  });

  it('of an export has its cells as they were, and says whether it was derived', () => {
    const row = { address: 'a@example.com', text: ' STOP\n', note: "'=1+1", 'tuco:derived': 'true' };
    expect(read(row)).toMatchObject({ suppressions: [{ text: ' STOP\n', note: '=1+1' }], isDerived: true });
    expect(read({ address: 'a@example.com', note: "'=1+1" })).toMatchObject({ suppressions: [{ note: "'=1+1" }] });
  });
});

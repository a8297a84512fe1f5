import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { normalizeEmail, normalizePhone } from './index';

interface Contacts {
  email: string | null;
  phone: string | null;
  altPhone1: string | null;
}

interface Expected {
  defaultCountryCode: string;
  totalRows: number;
  savedCount: number;
  duplicateCount: number;
  invalidCount: number;
  invalidRowNumbers: number[];
  duplicateRowNumbers: number[];
  sampleSaved: ({ row: number } & Contacts)[];
}

const fixture = (name: string) => readFileSync(join(process.cwd(), 'test/fixtures', name), 'utf8');

describe.each([
  { name: 'crm-hubspot-10k', delimiter: ',', email: 'Email', phones: ['Phone Number', 'Mobile Phone Number'] },
  { name: 'crm-salesforce-2k', delimiter: ';', email: 'Email', phones: ['Phone', 'MobilePhone'] },
])('the contacts of $name', ({ name, delimiter, email: emailColumn, phones }) => {
  it('give the counts, the row numbers and the sample that are expected', () => {
    const expected = JSON.parse(fixture(`${name}.expected.json`)) as Expected;
    const rows = parse(fixture(`${name}.csv`), {
      columns: true,
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: false,
    }) as Record<string, string>[];
    const seen = new Set<string>();
    const saved = new Map<number, Contacts>();
    const invalid: number[] = [];
    const duplicates: number[] = [];
    rows.forEach((row, index) => {
      if (Object.values(row).every((cell) => cell.trim() === '')) return;
      const email = normalizeEmail(row[emailColumn] ?? '');
      const usable = phones.map((column) => normalizePhone(row[column] ?? '', expected.defaultCountryCode));
      const [phone = null, altPhone1 = null] = [...new Set(usable.filter((each) => each !== null))];
      const contacts = [phone, email].filter((each) => each !== null);
      if (contacts.length === 0) invalid.push(index + 1);
      else if (contacts.some((each) => seen.has(each))) duplicates.push(index + 1);
      else {
        for (const contact of contacts) seen.add(contact);
        saved.set(index + 1, { email, phone, altPhone1 });
      }
    });
    expect(invalid).toEqual(expected.invalidRowNumbers);
    expect(duplicates).toEqual(expected.duplicateRowNumbers);
    expect(saved.size).toBe(expected.savedCount);
    expect(saved.size + duplicates.length + invalid.length).toBe(expected.totalRows);
    expect(expected.sampleSaved.map(({ row }) => saved.get(row))).toMatchObject(
      expected.sampleSaved.map(({ email, phone, altPhone1 }) => ({ email, phone, altPhone1 })),
    );
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

interface Expected {
  defaultCountryCode: string;
  totalRows: number;
  savedCount: number;
  duplicateCount: number;
  invalidCount: number;
  invalidRowNumbers: number[];
  duplicateRowNumbers: number[];
  sampleSaved: ({ row: number } & Record<string, unknown>)[];
}

interface Answer {
  savedCount: number;
  duplicateCount: number;
  invalidCount?: number;
  totalProcessed: number;
  leadIds: (string | null)[];
  invalid?: { index: number }[];
}

const hubspot = {
  name: 'crm-hubspot-10k',
  delimiter: ',',
  columns: {
    'First Name': 'firstName',
    'Last Name': 'lastName',
    Email: 'email',
    'Phone Number': 'phone',
    'Mobile Phone Number': 'altPhone1',
    'Company Name': 'companyName',
    'Job Title': 'jobTitle',
    Notes: 'notes',
  } as Record<string, string>,
};
const salesforce = {
  name: 'crm-salesforce-2k',
  delimiter: ';',
  columns: {
    FirstName: 'firstName',
    LastName: 'lastName',
    Email: 'email',
    Phone: 'phone',
    MobilePhone: 'altPhone1',
    Company: 'companyName',
    Title: 'jobTitle',
    Description: 'notes',
  } as Record<string, string>,
};

const fixture = (name: string) => readFileSync(join(process.cwd(), 'test/fixtures', name), 'utf8');

/**
 * The file's rows as an integrator would send them, with their numbers: blank ones left out, empty cells as
 * they are.
 */
function rowsOf({ name, delimiter, columns }: typeof hubspot): { number: number; lead: Record<string, unknown> }[] {
  const options = { columns: true, delimiter, bom: true, relax_column_count: true, skip_empty_lines: false } as const;
  const records = parse(fixture(`${name}.csv`), options) as Record<string, string>[];
  return records
    .map((record, index) => ({ number: index + 1, record }))
    .filter(({ record }) => Object.values(record).some((cell) => cell.trim() !== ''))
    .map(({ number, record }) => {
      const lead: Record<string, unknown> = {};
      const customFields: Record<string, string> = {};
      for (const [column, cell] of Object.entries(record)) {
        const field = columns[column];
        if (field) lead[field] = cell;
        else if (cell.trim() !== '') customFields[column] = cell;
      }
      return { number, lead: { ...lead, customFields } };
    });
}

/** The exports of real CRMs, as messy as they come, by the API alone. */
describe.each([hubspot, salesforce])('$name as JSON', (file) => {
  const expected = JSON.parse(fixture(`${file.name}.expected.json`)) as Expected;
  const rows = rowsOf(file);
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp();
    tenant = await test.tenant();
  });
  afterAll(() => test.close());

  const newList = async () => (await tenant.post('/lists', { name: file.name }).expect(201)).body._id as string;
  const leadCount = async (listId: string) => (await tenant.get(`/lists/${listId}`).expect(200)).body.leadCount as number;
  const upload = async (listId: string, some = rows) => {
    const { defaultCountryCode } = expected;
    const answer = await tenant.post('/leads', {
      leads: some.map(({ lead }) => lead),
      listId,
      defaultCountryCode,
      onInvalid: 'skip',
    });
    expect([200, 201]).toContain(answer.status);
    return answer.body as Answer;
  };

  it('gives the counts, the numbers of invalid and duplicate rows, and the sample that are expected', async () => {
    expect(rows).toHaveLength(expected.totalRows);
    const listId = await newList();
    const first = await upload(listId);
    expect(first).toMatchObject({
      savedCount: expected.savedCount,
      duplicateCount: expected.duplicateCount,
      invalidCount: expected.invalidCount,
      totalProcessed: expected.totalRows,
    });
    const numbers = (those: (id: string | null, index: number) => boolean) =>
      rows.filter((_, index) => those(first.leadIds[index]!, index)).map(({ number }) => number);
    expect(numbers((id) => id === null)).toEqual(expected.invalidRowNumbers);
    expect(numbers((id, index) => id !== null && first.leadIds.indexOf(id) < index)).toEqual(expected.duplicateRowNumbers);
    const shown = Math.min(100, expected.invalidCount);
    expect(first.invalid!.map(({ index }) => rows[index]!.number)).toEqual(expected.invalidRowNumbers.slice(0, shown));
    expect(await leadCount(listId)).toBe(expected.savedCount);

    const idOf = new Map(rows.map(({ number }, index) => [number, first.leadIds[index]!]));
    for (const { row, ...lead } of expected.sampleSaved) {
      const { body } = await tenant.get(`/leads/${idOf.get(row)}`).expect(200);
      expect({ row, ...pick(body, Object.keys(lead)) }).toEqual({ row, ...lead });
    }

    const again = await upload(listId);
    expect(again).toMatchObject({ savedCount: 0, invalidCount: expected.invalidCount, totalProcessed: expected.totalRows });
    expect(again.duplicateCount).toBe(expected.savedCount + expected.duplicateCount);
    expect(await leadCount(listId)).toBe(expected.savedCount);
  });

  it('gives the same in several calls one after another', async () => {
    const listId = await newList();
    const sums = { saved: 0, duplicate: 0, invalid: 0 };
    const size = Math.ceil(rows.length / 7);
    for (let from = 0; from < rows.length; from += size) {
      const part = await upload(listId, rows.slice(from, from + size));
      sums.saved += part.savedCount;
      sums.duplicate += part.duplicateCount;
      sums.invalid += part.invalidCount ?? 0;
    }
    expect(sums).toEqual({
      saved: expected.savedCount,
      duplicate: expected.duplicateCount,
      invalid: expected.invalidCount,
    });
  });

  it('saves nobody twice when it is sent twice at the same moment', async () => {
    const listId = await newList();
    const both = await Promise.all([upload(listId), upload(listId)]);
    expect(both[0].savedCount + both[1].savedCount).toBe(expected.savedCount);
    for (const one of both) {
      expect(one.savedCount + one.duplicateCount + (one.invalidCount ?? 0)).toBe(expected.totalRows);
      expect(one.invalidCount).toBe(expected.invalidCount);
    }
    // A row may share its phone with one lead and its e-mail with another, so the calls may name different
    // ones; the people are the same.
    const people = new Set(both.flatMap(({ leadIds }) => leadIds.filter((id) => id !== null)));
    expect(people.size).toBe(expected.savedCount);
    expect(await leadCount(listId)).toBe(expected.savedCount);
    const seen = { ids: new Set<string>(), phones: new Set<string>(), emails: new Set<string>() };
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body }: { body: { leads: Record<string, string>[]; pagination: { nextCursor: string | null } } } = await tenant
        .get(`/leads?listId=${listId}&limit=200&cursor=${cursor}`)
        .expect(200);
      for (const { _id, phone, email } of body.leads) {
        expect(seen.ids.has(_id!)).toBe(false);
        seen.ids.add(_id!);
        if (phone) expect(seen.phones.has(phone)).toBe(false);
        if (email) expect(seen.emails.has(email)).toBe(false);
        seen.phones.add(phone!);
        seen.emails.add(email!);
      }
      cursor = body.pagination.nextCursor;
    }
    expect(seen.ids.size).toBe(expected.savedCount);
  });
});

const pick = (value: Record<string, unknown>, keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [key, value[key]]));

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceId } from '../../platform/ids';
import { Deduplicator, type RowOutcome } from './deduplicator';
import { addressesOf, EMAIL_FIELDS, type Lead, PHONE_FIELDS } from './lead';
import { parseLead } from './lead-input';

interface ContactCase {
  name: string;
  kind: string;
  defaultCountryCode: string;
  leads: Record<string, string>[];
  expected: {
    savedCount?: number;
    duplicateCount?: number;
    /** The leads that are saved, in order, as far as they are told. */
    leads?: Partial<Lead>[];
    phones?: string[];
    emails?: string[];
    phonesNot?: string[];
    /** A text that no address has. */
    noEmailWith?: string;
  };
}

const cases = JSON.parse(readFileSync(join(process.cwd(), 'test/fixtures/contact-cases.json'), 'utf8')) as ContactCase[];

/** What saving the rows of a case would do to an empty list. */
function outcomesOf({ leads, defaultCountryCode }: ContactCase): RowOutcome[] {
  let ids = 0;
  const context = {
    workspaceId: workspaceId('org_1'),
    listId: 'l',
    source: null,
    now: new Date(0),
    onDuplicate: 'skip',
  } as const;
  const deduplicator = new Deduplicator([], () => String((ids += 1)), context);
  return leads.map((row) => {
    const parsed = parseLead(row, defaultCountryCode);
    if ('problems' in parsed) throw new Error(parsed.problems[0]!.message);
    return deduplicator.resolve(parsed);
  });
}

describe('contacts as people write them', () => {
  it.each(cases.map((each) => [each.name, each.kind, each] as const))('%s: %s', (_name, _kind, each) => {
    const outcomes = outcomesOf(each);
    const saved = outcomes.flatMap((outcome) => (outcome.kind === 'saved' ? [outcome.lead] : []));
    const { expected } = each;
    const phones = saved.flatMap((lead) => addressesOf(lead, PHONE_FIELDS));
    const emails = saved.flatMap((lead) => addressesOf(lead, EMAIL_FIELDS));
    expect(saved).toHaveLength(expected.savedCount ?? each.leads.length);
    expect(outcomes.filter(({ kind }) => kind === 'duplicate')).toHaveLength(expected.duplicateCount ?? 0);
    if (expected.leads) expect(saved).toMatchObject(expected.leads);
    expect(phones).toEqual(expect.arrayContaining(expected.phones ?? []));
    expect(emails).toEqual(expect.arrayContaining(expected.emails ?? []));
    for (const wrong of expected.phonesNot ?? []) expect(phones).not.toContain(wrong);
    if (expected.noEmailWith) expect(emails.join()).not.toContain(expected.noEmailWith);
  });
});

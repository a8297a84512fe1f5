import { recogniseCells, recogniseColumns } from '#libs/column-names';
import { columnsNamed, type CsvColumns, headerOf, type Mapping, type Sample } from '../../platform/csv-jobs/csv-columns';
import type { ErrorDetail } from '../../platform/errors';
import { DERIVED_COLUMN } from './export-columns';
import { IMPORT_TEXTS } from './import.texts';

/**
 * Columns that say who must not be written to; a file may have several of each. `address` is any of a phone
 * number, an e-mail address and a domain.
 */
const WHO = ['address', 'phone', 'email', 'domain'] as const;
export type WhoTarget = (typeof WHO)[number];
/** Columns that say how and why; a file has one of each at most. */
const WHY = ['channel', 'reason', 'text', 'note', 'createdAt'] as const;
export type WhyTarget = (typeof WHY)[number];
const TARGETS = [...WHO, ...WHY] as const;

/** Where a column goes; `null`: it is left out. `derived` is known in the product's own files alone. */
export type ImportTarget = WhoTarget | WhyTarget | 'derived' | null;

export interface ImportColumns extends CsvColumns {
  targets: ImportTarget[];
}

/** The names that lists of opt-outs give their columns, as `plainName` has them; better ones come first. */
const KNOWN: Record<Exclude<WhoTarget, 'phone' | 'email'> | WhyTarget, string[]> = {
  address: ['address', 'contact', 'recipient'],
  domain: ['domain', 'emaildomain', 'domainname'],
  channel: ['channel'],
  reason: ['reason', 'suppressionreason', 'optoutreason', 'unsubscribereason'],
  text: ['text'],
  note: ['note', 'notes', 'comment', 'comments', 'description'],
  createdAt: [
    'createdat',
    'optedoutat',
    'optoutat',
    'optouttime',
    'optoutdate',
    'unsubscribedat',
    'unsubscribedon',
    'unsubscribetime',
    'unsubtime',
    'unsubscribedate',
    'dateunsubscribed',
    'suppressedat',
    'bouncedat',
    'addedat',
    'dateadded',
    'created',
    'date',
    'timestamp',
  ],
};

/**
 * What lists call those who are on them: "Unsubscribed Email" and "DNC Phone" hold addresses where no other
 * column does. Behind the address such words make it a flag.
 */
const OPTED_OUT =
  /^\s*(?:unsubscribed?|opt(?:ed)?[ _-]*out|do[ _-]*not[ _-]*(?:call|contact|e-?mail|text)|dnc|stop|stopped|blocked|blacklisted|denied|excluded|removed|suppressed|bounced|invalid|complained?|spam)[ _-]+/i;

/** A target as a mapping names it. */
export const shownTarget = (target: ImportTarget): string | null => (target === 'derived' ? null : target);

const isTarget = (to: string): to is (typeof TARGETS)[number] => (TARGETS as readonly string[]).includes(to);
const isWho = (target: ImportTarget): target is WhoTarget => (WHO as readonly (string | null)[]).includes(target);

/**
 * Says where each column goes: as the caller maps it, else by its name; phones and e-mails by the words in
 * it. All others are left out. In a file of people, "Address" is a street and "Domain" a company's website:
 * they count only where no column is called like phones or e-mails, or the product wrote the file.
 * @param sample rows that say what columns hold, where no name does
 * @returns the columns, or what is wrong with the header or the mapping
 */
export function importColumnsOf(
  record: readonly string[],
  mapping: Mapping,
  sample?: Sample,
): { columns: ImportColumns } | { problems: ErrorDetail[] } {
  const header = headerOf(record, mapping, {
    isTarget,
    unknownTarget: IMPORT_TEXTS.unknownTarget(TARGETS),
    mark: DERIVED_COLUMN,
  });
  if ('problems' in header) return header;
  const { names, ours, reportColumns, mapped } = header;
  const targets = mapped.map((to) => (to ?? null) as ImportTarget);
  const problems = secondColumns(names, targets);
  if (problems.length > 0) return { problems };
  const isFree = (index: number) => index >= reportColumns && mapped[index] === undefined && !targets[index];
  const give = (target: ImportTarget, known: readonly string[], atMost = Infinity) => {
    for (const index of columnsNamed(names, known, isFree).slice(0, atMost)) targets[index] = target;
  };
  if (ours) give('derived', ['tucoderived'], 1);
  const giveContacts = (called: readonly string[]) => {
    for (const { index, meaning } of recogniseColumns(called)) {
      if (isFree(index) && (meaning === 'phone' || meaning === 'email')) targets[index] = meaning;
    }
  };
  giveContacts(names);
  if (!targets.some(isWho)) giveContacts(names.map((name) => name.replace(OPTED_OUT, '')));
  if (ours || !targets.some(isWho)) {
    give('address', KNOWN.address);
    give('domain', KNOWN.domain);
  }
  if (sample?.isAllThereIs && !targets.some(isWho)) {
    recogniseCells({ rows: sample.rows, names: sample.isNamed ? names : [] }).forEach((held, index) => {
      if (isFree(index) && (held === 'phone' || held === 'email')) targets[index] = held;
    });
  }
  for (const target of WHY) if (!targets.includes(target)) give(target, KNOWN[target], 1);
  if (!targets.some(isWho)) return { problems: [{ field: 'file', message: IMPORT_TEXTS.noContactColumn }] };
  return { columns: { names, ours, targets } };
}

/** What is wrong with a mapping of two columns to one target, of which a suppression has one. */
const secondColumns = (names: readonly string[], targets: readonly ImportTarget[]): ErrorDetail[] =>
  targets.flatMap((target, index) =>
    target === null || isWho(target) || targets.indexOf(target) === index
      ? []
      : [{ field: `mapping.${names[index]!}`, message: IMPORT_TEXTS.secondColumn(target) }],
  );

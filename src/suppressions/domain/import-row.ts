import { addressesInCell, type CellValues, emailsInCell, normalizeDomain, phonesInCell } from '#libs/contact-methods';
import { plainCell } from '#libs/spreadsheet-csv';
import { fitted, plainName } from '../../platform/csv-jobs/csv-columns';
import type { ErrorDetail } from '../../platform/errors';
import { cutText } from '../../platform/texts';
import { IMPORT_TEXTS } from './import.texts';
import type { ImportColumns, ImportTarget, WhoTarget, WhyTarget } from './import-columns';
import { instantOf } from './import-date';
import {
  IMPORTED_REASONS,
  keyOf,
  MAX_TEXT,
  type Suppression,
  SUPPRESSION_CHANNELS,
  type SuppressionChannel,
  type SuppressionReason,
} from './suppression';

/** What holds for rows that do not say it themselves. */
export interface ImportDefaults {
  channel: SuppressionChannel;
  reason: SuppressionReason;
  /** Decides on phone numbers without a country code. */
  defaultCountryCode: string;
}

/** A suppression as a row of a file says it. */
export type ImportedSuppression = Pick<Suppression, 'address' | 'domain' | 'channel' | 'reason' | 'text' | 'note' | 'createdAt'>;

/**
 * A row of a file, read. It lists whom it can, also where it has a problem: of two addresses one may be
 * unreadable, and nobody is left out for that.
 */
export interface ImportedRow {
  suppressions: ImportedSuppression[];
  problem: ErrorDetail | null;
  /** What was not taken as it stood, and what it was. */
  warnings: (ErrorDetail & { text: string })[];
  /** An export says that it was only derived from another. */
  isDerived: boolean;
}

/** What products and people call reasons, as `plainName` has it. */
const REASONS = new Map<string, SuppressionReason>([
  ...IMPORTED_REASONS.map((reason) => [plainName(reason), reason] as const),
  ['optout', 'opted_out'],
  ['stop', 'opted_out'],
  ['unsubscribe', 'unsubscribed'],
  ['unsubscribes', 'unsubscribed'],
  ['complaint', 'complained'],
  ['spam', 'complained'],
  ['spamreport', 'complained'],
  ['spamcomplaint', 'complained'],
  ['bounce', 'bounced'],
  ['hardbounce', 'bounced'],
  ['hardbounced', 'bounced'],
]);
const CHANNELS = new Map<string, SuppressionChannel>(SUPPRESSION_CHANNELS.map((channel) => [plainName(channel), channel]));

/** How rows are read: what holds for those that do not say it, and what the file was written with. */
export interface RowReading extends ImportDefaults {
  delimiter: string;
  /** The date of rows that have none. */
  now: Date;
}

export function importedRowOf(
  row: readonly string[],
  columns: ImportColumns,
  { delimiter, now, ...defaults }: RowReading,
): ImportedRow {
  const { names, targets, ours } = columns;
  const { cells, warning } = fitted(row, { names, delimiter }, (column) => isText(targets[column]!));
  const read = targets.flatMap((target, index) => {
    const cell = cells[index] ?? '';
    // An export gives what somebody wrote as it is.
    const text = ours ? plainCell(cell) : cell.trim();
    return target === null || text.trim() === '' ? [] : [{ target, text }];
  });
  const why = new Map(read.map(({ target, text }) => [target, text]));
  const said = whyOf(why, defaults, now);
  if ('field' in said) return rejected(said);
  const { hasDate, ...common } = said;
  const who = read.filter((one): one is { target: WhoTarget; text: string } => isWho(one.target));
  if (who.length === 0) return rejected({ field: 'address', message: IMPORT_TEXTS.noAddress });
  const found = who.map(({ target, text }) => ({ target, ...whoIn(target, text, defaults.defaultCountryCode) }));
  const listed = new Map(found.flatMap(({ all }) => all).map((one) => [keyOf(one), { ...one, ...common }] as const));
  const unread = found.find(({ hasUnreadable }) => hasUnreadable)?.target;
  const problem = unread ? unreadable(unread, listed.size > 0) : null;
  const warnings = [...(warning ? [warning] : []), ...warningsOf(why, hasDate)];
  return { suppressions: [...listed.values()], problem, warnings, isDerived: why.get('derived') === 'true' };
}

/** May the cells of a column have any text in them, delimiters included? */
const isText = (target: ImportTarget): boolean => target === 'text' || target === 'note';

function warningsOf(why: ReadonlyMap<ImportTarget, string>, hasDate: boolean): ImportedRow['warnings'] {
  const cutAt = (field: 'text' | 'note') => {
    const text = why.get(field) ?? '';
    return text.length > MAX_TEXT ? [{ field, message: IMPORT_TEXTS.cut(MAX_TEXT), text }] : [];
  };
  const date = { field: 'createdAt', message: IMPORT_TEXTS.unknownDate, text: why.get('createdAt') ?? '' };
  return [...cutAt('text'), ...cutAt('note'), ...(hasDate ? [] : [date])];
}

const rejected = (problem: ErrorDetail): ImportedRow => ({ suppressions: [], problem, warnings: [], isDerived: false });

const isWho = (target: ImportTarget): target is WhoTarget => target !== null && target in IMPORT_TEXTS.unreadable;

function unreadable(target: WhoTarget, areOthersListed: boolean): ErrorDetail {
  const message = IMPORT_TEXTS.unreadable[target];
  return { field: target, message: areOthersListed ? `${message}; ${IMPORT_TEXTS.othersListed}` : message };
}

/** Channel, reason, texts and date of a row, or what is wrong with them. */
function whyOf(
  why: ReadonlyMap<ImportTarget, string>,
  defaults: ImportDefaults,
  now: Date,
): (Omit<ImportedSuppression, 'address' | 'domain'> & { hasDate: boolean }) | ErrorDetail {
  const given = (target: WhyTarget) => why.get(target);
  const [channel, reason, createdAt] = [given('channel'), given('reason'), given('createdAt')];
  const ofChannel = channel === undefined ? defaults.channel : CHANNELS.get(plainName(channel));
  if (!ofChannel) return { field: 'channel', message: IMPORT_TEXTS.unknownValue(SUPPRESSION_CHANNELS) };
  const ofReason = reason === undefined ? defaults.reason : REASONS.get(plainName(reason));
  if (!ofReason) return { field: 'reason', message: IMPORT_TEXTS.unknownValue(IMPORTED_REASONS) };
  const instant = createdAt === undefined ? now : instantOf(createdAt, now);
  return {
    channel: ofChannel,
    reason: ofReason,
    text: cut(given('text')),
    note: cut(given('note')),
    // Nobody is written to because of a date that cannot be read.
    createdAt: instant ?? now,
    hasDate: instant !== null,
  };
}

const cut = (text: string | undefined): string | null => (text && cutText(text, MAX_TEXT)) || null;

/** How lists write every address of a domain; `*@` alone would also be an address, which nobody has. */
const WHOLE_DOMAIN = /^\*?@/;

type Who = Pick<Suppression, 'address' | 'domain'>;

/** Everybody whom a cell names: one address or several, or else a domain. */
function whoIn(target: WhoTarget, text: string, countryCode: string): { all: Who[]; hasUnreadable: boolean } {
  const { addresses, hasUnreadable } = WHOLE_DOMAIN.test(text) ? NOBODY : addressesIn(target, text, countryCode);
  if (addresses.length > 0) return { all: addresses.map((address) => ({ address, domain: null })), hasUnreadable };
  const domain = target === 'address' || target === 'domain' ? normalizeDomain(text.replace(WHOLE_DOMAIN, '')) : null;
  return domain === null ? { all: [], hasUnreadable: true } : { all: [{ address: null, domain }], hasUnreadable: false };
}

const NOBODY: CellValues = { addresses: [], hasUnreadable: false };

function addressesIn(target: WhoTarget, text: string, countryCode: string): CellValues {
  switch (target) {
    case 'address':
      return addressesInCell(text, countryCode);
    case 'phone':
      return phonesInCell(text, countryCode);
    case 'email':
      return emailsInCell(text);
    case 'domain':
      return NOBODY;
  }
}

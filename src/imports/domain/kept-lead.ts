import {
  CONTACT_FIELDS,
  customFieldsProblem,
  type CustomValue,
  MAX_CONTACT_LENGTH,
  MAX_KEYS,
  MAX_LENGTHS,
  MAX_TOTAL_BYTES,
  MAX_VALUE_BYTES,
  PROFILE_FIELDS,
} from '../../leads/domain';
import { cutText } from '../../platform/texts';
import { IMPORT_TEXTS } from './imports.texts';

/** Something of a row that was not taken as it stood. */
export interface RowWarning {
  field: string;
  message: string;
  /** What stood there. */
  text: string;
}

/** A part of these would be another one. */
const WHOLE_OR_NOTHING: ReadonlySet<string> = new Set(['linkedinUrl', 'externalId']);
/** A character has three bytes at most in UTF-8, counted by UTF-16 units. */
const MAX_BYTES = 3;

/**
 * Cuts what is too long for a lead, and leaves out what cannot be cut: in a file of strangers, no field is
 * worth more than the person.
 */
export function keptLead(lead: Record<string, unknown>, warnings: RowWarning[]): void {
  for (const field of CONTACT_FIELDS) {
    const text = lead[field];
    if (typeof text !== 'string' || text.length <= MAX_CONTACT_LENGTH) continue;
    warnings.push({ field, message: IMPORT_TEXTS.longLeftOut(MAX_CONTACT_LENGTH), text });
    delete lead[field];
  }
  for (const field of PROFILE_FIELDS) {
    const text = lead[field];
    const max = MAX_LENGTHS[field];
    if (typeof text !== 'string' || text.length <= max) continue;
    const trimmed = text.trim();
    lead[field] = trimmed;
    if (trimmed.length <= max) continue;
    const isCut = !WHOLE_OR_NOTHING.has(field);
    warnings.push({ field, message: isCut ? IMPORT_TEXTS.cut(max) : IMPORT_TEXTS.longLeftOut(max), text });
    if (isCut) lead[field] = cutText(trimmed, max);
    else delete lead[field];
  }
}

/** The custom fields of a row, as far as a lead can hold them: the first ones, where there are too many. */
export function keptFields(fields: ReadonlyMap<string, CustomValue>, warnings: RowWarning[]): Record<string, CustomValue> {
  const kept: [string, CustomValue][] = [];
  let total = 0;
  for (const [key, value] of fields) {
    const field = `customFields.${key}`;
    const tell = (message: string) => warnings.push({ field, message, text: textOf(value) });
    const fitting = keptValue(key, value, tell);
    if (fitting === undefined) continue;
    const bytes = Buffer.byteLength(textOf(fitting)) + Buffer.byteLength(key);
    if (kept.length >= MAX_KEYS) tell(IMPORT_TEXTS.tooManyFields(MAX_KEYS));
    else if (total + bytes > MAX_TOTAL_BYTES) tell(IMPORT_TEXTS.tooMuchInAll(MAX_TOTAL_BYTES));
    else {
      kept.push([key, fitting]);
      total += bytes;
    }
  }
  return Object.fromEntries(kept);
}

const textOf = (value: CustomValue): string => (typeof value === 'string' ? value : JSON.stringify(value));

function keptValue(key: string, value: CustomValue, tell: (message: string) => void): CustomValue | undefined {
  if (typeof value !== 'string') {
    const problem = customFieldsProblem({ [key]: value });
    if (problem === null) return value;
    tell(IMPORT_TEXTS.valueLeftOut(problem));
    return undefined;
  }
  if (value.length * MAX_BYTES <= MAX_VALUE_BYTES) return value;
  const bytes = Buffer.from(value);
  if (bytes.length <= MAX_VALUE_BYTES) return value;
  let end = MAX_VALUE_BYTES;
  while ((bytes[end]! & 0xc0) === 0x80) end -= 1;
  tell(IMPORT_TEXTS.cutBytes(MAX_VALUE_BYTES));
  return bytes.toString('utf8', 0, end);
}

import { type State, stateOfCode, stateOfName } from './states';

/**
 * Custom fields in which CRMs export the state of a person, without regard to case and what stands between
 * the words. Where several are filled, the first of this list decides: where the person is, then the mail,
 * then bills.
 */
const STATE_KEYS = `state stateprovince stateregion stateprovinceregion provincestate province hsstatecode statecode
  stateabbreviation stateabbr usstate homestate region regioncode addressstate statefull personstate contactstate
  mailingstate mailingstateprovince mailingstatecode personmailingstate billingstate billingstateprovince
  billingstatecode shippingstate shippingstateprovince companystate ipstate`
  .split(/\s+/)
  .map((key, rank) => [key, rank] as const);
const RANK_OF_KEY: ReadonlyMap<string, number> = new Map(STATE_KEYS);
const MAX_KEY_LENGTH = 40;
const MAX_VALUE_LENGTH = 60;

/**
 * The state or province that a person's custom fields name, by its two letters or its English name.
 * @param takesCodes whether two letters can be believed: abroad `WA` is Western Australia and `TN` Tamil Nadu
 */
export function stateOfFields(customFields: Readonly<Record<string, unknown>>, takesCodes: TakesCodes): State | undefined {
  let best: State | undefined;
  let bestRank = Infinity;
  for (const key of Object.keys(customFields)) {
    const value = customFields[key];
    if (typeof value !== 'string' || key.length > MAX_KEY_LENGTH) continue;
    const rank = RANK_OF_KEY.get(key.toLowerCase().replace(/[^a-z]/g, ''));
    if (rank === undefined || rank >= bestRank) continue;
    const state = stateOfText(value, takesCodes);
    if (state) [best, bestRank] = [state, rank];
  }
  return best;
}

type TakesCodes = 'codes and names' | 'names';

function stateOfText(value: string, takesCodes: TakesCodes): State | undefined {
  if (value.length > MAX_VALUE_LENGTH) return undefined;
  const text = wordsOf(value);
  return (
    stateOfWords(text, takesCodes) ??
    stateOfWords(text.replace(/ (?:usa?|united states(?: of america)?|canada|can)$/, ''), takesCodes) ??
    stateOfWords(text.replace(/^(?:usa?|can?|state of|province of) /, ''), takesCodes) ??
    codeAndName(text)
  );
}

function stateOfWords(text: string, takesCodes: TakesCodes): State | undefined {
  if (text.length === 2) return takesCodes === 'codes and names' ? stateOfCode(text) : undefined;
  // Georgia is a country as well.
  if (text === 'georgia' && takesCodes === 'names') return undefined;
  return stateOfName(text);
}

/** `TX - Texas`, `Texas (TX)`: one that says the same twice. */
function codeAndName(text: string): State | undefined {
  const [, codeBefore, nameAfter] = /^([a-z]{2}) (.+)$/.exec(text) ?? [];
  const [, nameBefore, codeAfter] = /^(.+) ([a-z]{2})$/.exec(text) ?? [];
  for (const [code, name] of [
    [codeBefore, nameAfter],
    [codeAfter, nameBefore],
  ]) {
    const state = name === undefined ? undefined : stateOfName(name);
    if (state && stateOfCode(code!) === state) return state;
  }
  return undefined;
}

/** Small letters, without accents and points; whatever else stands between words is one space. */
function wordsOf(value: string): string {
  return value
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f.'’]/g, '')
    .replace(/[^a-z]+/g, ' ')
    .trim();
}

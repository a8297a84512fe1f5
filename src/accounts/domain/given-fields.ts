import type { FieldSpec, SettingValue } from '../../channels/domain';
import type { ErrorDetail } from '../../platform/errors';
import { readProviderHost } from './provider-host';
import { isSameOrigin, readProviderUrl, type TargetRules } from './provider-url';

/** Settings as a caller gives them, and secrets; whatever JSON can say. */
export interface GivenFields {
  settings?: Record<string, unknown>;
  secrets?: Record<string, unknown>;
}

/** What an account has already. */
export interface PresentFields {
  settings: Readonly<Record<string, SettingValue>>;
  /** The secrets that are set. */
  secretNames: readonly string[];
}

/** What was read of them, or what is wrong with them, field by field. */
export interface ReadFields {
  /** Every setting of the schema; `null` is none. */
  settings: Record<string, SettingValue>;
  /** The secrets that were given; `null` takes one away. */
  secrets: Record<string, string | null>;
  problems: ErrorDetail[];
}

interface Value<T extends SettingValue = SettingValue> {
  value?: T;
  problem?: string;
}

/** Characters of a string whose field does not say how many it takes. */
const MAX_LENGTH = 500;

/**
 * Reads settings and secrets by what the adapter declares. Fields that are not given stay as they are;
 * `null`, and an empty string, set one back to its default.
 */
export function readFields(
  schema: readonly FieldSpec[],
  given: GivenFields,
  present: PresentFields,
  rules: TargetRules,
): ReadFields {
  const problems = [...unknownIn('settings', schema, given.settings), ...unknownIn('secrets', schema, given.secrets)];
  const settings = new Map<string, SettingValue>();
  const secrets = new Map<string, string | null>();
  for (const field of schema) {
    const place = field.secret ? 'secrets' : 'settings';
    const isGiven = hasOwn(given[place], field.name);
    const { value, problem } = isGiven ? read(field, given[place]![field.name], rules) : {};
    if (problem !== undefined) problems.push({ field: `${place}.${field.name}`, message: problem });
    const before = presentValue(field, present);
    const next = isGiven ? (value ?? field.default ?? null) : before;
    if (problem === undefined && next === null && field.required) {
      problems.push({ field: `${place}.${field.name}`, message: 'is needed' });
    }
    if (!field.secret) settings.set(field.name, next);
    else if (isGiven) secrets.set(field.name, next === null ? null : String(next));
  }
  const result = { settings: Object.fromEntries(settings), secrets: Object.fromEntries(secrets) };
  return { ...result, problems: [...problems, ...sentElsewhere(schema, result, present)] };
}

/** A secret that is set already counts as given. */
function presentValue({ name, secret, default: standard }: FieldSpec, present: PresentFields): SettingValue {
  if (secret) return present.secretNames.includes(name) ? '' : null;
  return (hasOwn(present.settings, name) ? present.settings[name] : null) ?? standard ?? null;
}

function unknownIn(
  place: 'settings' | 'secrets',
  schema: readonly FieldSpec[],
  given: Record<string, unknown> | undefined,
): ErrorDetail[] {
  const byName = new Map(schema.map((field) => [field.name, field]));
  return Object.keys(given ?? {}).flatMap((name) => {
    const field = byName.get(name);
    const [belongs, other] = place === 'secrets' ? [field?.secret, 'settings'] : [!field?.secret, 'secrets'];
    if (field && belongs) return [];
    return [{ field: `${place}.${name}`, message: field ? `belongs into ${other}` : 'is not a known field' }];
  });
}

/** A secret goes only where whoever knows it has sent it: else it could be had by naming another server. */
function sentElsewhere(
  schema: readonly FieldSpec[],
  { settings, secrets }: Pick<ReadFields, 'settings' | 'secrets'>,
  present: PresentFields,
): ErrorDetail[] {
  const kept = present.secretNames.filter((name) => !hasOwn(secrets, name));
  if (kept.length === 0) return [];
  const moved = schema.find((field) => {
    if ((field.type !== 'url' && field.type !== 'host') || field.secret) return false;
    const before = presentValue(field, present) as string | null;
    const now = (settings[field.name] ?? null) as string | null;
    // Without a host nothing is sent to one.
    if (field.type === 'host') return now !== null && now !== before;
    return now !== before && !isSameOrigin(before, now);
  });
  if (!moved) return [];
  return kept.map((name) => ({ field: `secrets.${name}`, message: `must be given again with another settings.${moved.name}` }));
}

/** One value as it is kept, or what is wrong with it. */
function read(field: FieldSpec, given: unknown, rules: TargetRules): Value {
  if (given === null || given === '') return { value: null };
  switch (field.type) {
    case 'boolean':
      return typeof given === 'boolean' ? { value: given } : { problem: 'must be true or false' };
    case 'number':
      return readNumber(field, given);
    case 'choice':
      if (typeof given === 'string' && field.choices?.includes(given)) return { value: given };
      return { problem: `must be one of ${(field.choices ?? []).join(', ')}` };
    case 'url':
    case 'host':
    case 'string':
      return readText(field, given, rules);
  }
}

function readNumber({ min = -Infinity, max = Infinity }: FieldSpec, given: unknown): Value {
  if (typeof given !== 'number' || !Number.isFinite(given)) return { problem: 'must be a number' };
  if (given < min) return { problem: `must not be less than ${min}` };
  return given > max ? { problem: `must not be greater than ${max}` } : { value: given };
}

function readText({ type, min = 0, max = MAX_LENGTH, pattern }: FieldSpec, given: unknown, rules: TargetRules): Value {
  if (typeof given !== 'string') return { problem: 'must be a string' };
  const text = given.trim();
  if (text === '') return { value: null };
  if (text.length > max) return { problem: `must be shorter than or equal to ${max} characters` };
  if (text.length < min) return { problem: `must be longer than or equal to ${min} characters` };
  if (pattern && !new RegExp(`^(?:${pattern.source})$`, 'u').test(text)) return { problem: pattern.words };
  if (type === 'string') return { value: text };
  if (type === 'host') {
    const host = readProviderHost(text, rules);
    return 'host' in host ? { value: host.host } : host;
  }
  const url = readProviderUrl(text, rules);
  return 'url' in url ? { value: url.url } : url;
}

const hasOwn = (object: object | undefined, name: string): boolean => object !== undefined && Object.hasOwn(object, name);

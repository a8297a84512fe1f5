import { CommandError } from '../errors';
import { compileRegex } from '../query/predicates';
import { toNumber } from '../values/compare';
import { isNumber, Rank, rankOf, typeName } from '../values/types';
import { anyValues, named, values } from './arguments';
import { textOf } from './conversions';
import { isNil, type Operator } from './runtime';

function text(name: string, value: unknown, code = 14): string {
  if (typeof value !== 'string') throw new CommandError(code, `${name} requires a string argument, found: ${typeName(value)}`);
  return value;
}

/** Strings, and what turns into them by itself: numbers and dates. Nothing becomes the empty string. */
function coerced(name: string, value: unknown): string {
  if (isNil(value)) return '';
  if (typeof value === 'string') return value;
  if (isNumber(value) || rankOf(value) === Rank.date) return textOf(value);
  throw new CommandError(16007, `can't convert from BSON type ${typeName(value)} to String in ${name}`);
}

/** MongoDB changes the case of ASCII letters only. */
const asciiUpper = (value: string): string => value.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
const asciiLower = (value: string): string => value.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

function substring(value: unknown, start: unknown, length: unknown): string {
  const characters = [...coerced('$substrCP', value)];
  const from = toNumber(start);
  const count = toNumber(length);
  return characters.slice(from, count < 0 ? undefined : from + count).join('');
}

const SPACES = '\0\\s\\u00a0\\u1680\\u2000-\\u200a';
const escaped = (characters: string): string => characters.replace(/[\\\]^-]/g, '\\$&');

const trim =
  (atStart: boolean, atEnd: boolean): Operator =>
  (argument, compile, name) => {
    const { input, chars } = named(argument, name, ['input'], ['chars'], compile);
    return (document, variables) => {
      const value = input!(document, variables);
      if (isNil(value)) return null;
      const set = chars ? chars(document, variables) : undefined;
      if (set === null) return null;
      const inside = set === undefined ? SPACES : escaped(text(name, set, 50700));
      let result = text(name, value, 50699);
      if (atStart) result = result.replace(new RegExp(`^[${inside}]+`, 'u'), '');
      if (atEnd) result = result.replace(new RegExp(`[${inside}]+$`, 'u'), '');
      return result;
    };
  };

const replace =
  (all: boolean): Operator =>
  (argument, compile, name) => {
    const { input, find, replacement } = named(argument, name, ['input', 'find', 'replacement'], [], compile);
    return (document, variables) => {
      const given = [input!, find!, replacement!].map((one) => one(document, variables));
      if (given.some(isNil)) return null;
      const [source, wanted, by] = given.map((value) => text(name, value, 51746)) as [string, string, string];
      return all ? source.split(wanted).join(by) : source.replace(wanted, () => by);
    };
  };

export const STRINGS: Record<string, Operator> = {
  $concat: anyValues((all) => (all.some(isNil) ? null : all.map((value) => text('$concat', value, 16702)).join(''))),
  $toLower: values(1, (value) => asciiLower(coerced('$toLower', value))),
  $toUpper: values(1, (value) => asciiUpper(coerced('$toUpper', value))),
  $strLenCP: values(1, (value) => [...text('$strLenCP', value, 34471)].length),
  $strLenBytes: values(1, (value) => Buffer.byteLength(text('$strLenBytes', value, 34473))),
  $substrCP: values(3, substring),
  $strcasecmp: values(2, (a, b) => {
    const [x, y] = [asciiUpper(coerced('$strcasecmp', a)), asciiUpper(coerced('$strcasecmp', b))];
    return x < y ? -1 : x > y ? 1 : 0;
  }),
  $split: values(2, (value, by) => {
    if (isNil(value) || isNil(by)) return null;
    return text('$split', value, 40085).split(text('$split', by, 40086));
  }),
  $indexOfCP: values(2, (value, wanted) => {
    if (isNil(value)) return null;
    const source = text('$indexOfCP', value, 40093);
    const at = source.indexOf(text('$indexOfCP', wanted, 40094));
    return at < 0 ? -1 : [...source.slice(0, at)].length;
  }),
  $trim: trim(true, true),
  $ltrim: trim(true, false),
  $rtrim: trim(false, true),
  $replaceOne: replace(false),
  $replaceAll: replace(true),
  $regexMatch: (argument, compile, name) => {
    const { input, regex, options } = named(argument, name, ['input', 'regex'], ['options'], compile);
    return (document, variables) => {
      const value = input!(document, variables);
      const pattern = regex!(document, variables);
      if (isNil(value) || isNil(pattern)) return false;
      return compileRegex(pattern, options?.(document, variables) ?? undefined).regex.test(text(name, value, 51104));
    };
  },
};

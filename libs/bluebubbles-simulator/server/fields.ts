import type { Fields } from './body';
import { badRequest } from './envelope';

// The checks of a request's fields, in the words of the validator that the server uses.

const isThere = (value: unknown): boolean => value !== undefined && value !== null && textOf(value).replace(/\s/g, '') !== '';
const textOf = (value: unknown): string =>
  (Array.isArray(value) ? value.map(textOf).join(',') : (JSON.stringify(value) ?? '')).replace(/^"(.*)"$/s, '$1');

/** @throws Answered with 400 when it is missing or no text */
export function neededText(fields: Fields, name: string): string {
  if (!isThere(fields[name])) throw badRequest(`The ${name} field is required.`);
  return optionalText(fields, name)!;
}

/** Null when it is missing. */
export function optionalText(fields: Fields, name: string): string | null {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') throw badRequest(`The ${name} must be a string.`);
  return value;
}

export function choice<T extends string>(fields: Fields, name: string, choices: readonly T[]): T | null {
  const value = optionalText(fields, name);
  if (value !== null && !choices.includes(value as T)) throw badRequest(`The selected ${name} is invalid.`);
  return value as T | null;
}

/** A number, also as a text; null when it is missing. */
export function optionalNumber(fields: Fields, name: string, least: number, most = Infinity): number | null {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return null;
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
  if (!Number.isFinite(number)) throw badRequest(`The ${name} must be a number.`);
  if (number < least) throw badRequest(`The ${name} must be at least ${least}.`);
  if (number > most) throw badRequest(`The ${name} may not be greater than ${most}.`);
  return number;
}

/** Null when it is missing. */
export function optionalList(fields: Fields, name: string): unknown[] | null {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return null;
  if (!Array.isArray(value)) throw badRequest(`The ${name} must be an array.`);
  return value as unknown[];
}

/** A list that must not be empty. */
export function neededList(fields: Fields, name: string): unknown[] {
  if (!isThere(fields[name])) throw badRequest(`The ${name} field is required.`);
  return optionalList(fields, name)!;
}

/** What `with` asks for, in lower case: a list, or a text with commas. */
export function withOf(value: unknown): Set<string> {
  const names = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [];
  return new Set(names.filter((each) => typeof each === 'string').map((each) => each.trim().toLowerCase()));
}

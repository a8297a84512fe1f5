/**
 * A value of plain objects, lists and scalars without the given texts: they go from lists, and are `null`
 * elsewhere.
 * @returns the value itself where none of them is in it
 */
export function withoutTexts(value: unknown, texts: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return texts.has(value) ? null : value;
  if (Array.isArray(value)) {
    const rest = value.filter((one) => !texts.has(one as string)).map((one: unknown) => withoutTexts(one, texts));
    return rest.length === value.length && rest.every((one, index) => one === value[index]) ? value : rest;
  }
  if (!isPlain(value)) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, withoutTexts(one, texts)] as const);
  return entries.every(([key, one]) => one === value[key]) ? value : Object.fromEntries(entries);
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

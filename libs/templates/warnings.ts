import { nearestName } from './nearest-name';
import { type ParsedTemplate, parseTemplate, type Placeholder } from './parse';

/**
 * `UNKNOWN_FIELD`: nobody has it. `OTHER_SYNTAX`: another product would understand it. `TEXT_IN_BRACES`: it
 * would vanish.
 */
type TemplateWarningCode = 'UNKNOWN_FIELD' | 'OTHER_SYNTAX' | 'TEXT_IN_BRACES';

export interface TemplateWarning {
  code: TemplateWarningCode;
  /** What stands in the template, as it is written there without its braces. */
  key: string;
  message: string;
  /** The name that was probably meant. */
  suggestion: string | null;
}

/** Is there somebody who has a field? `undecided` where that could not be told in time. */
export type FieldUse = 'used' | 'empty' | 'undecided';

export interface FieldFacts {
  /** Names that may have been meant. */
  names: readonly string[];
  use: (key: string) => FieldUse;
}

/** Filters of Liquid and its like: with an argument, or alone. */
const FILTER =
  /^(?:(?:date|truncate|truncatewords|append|prepend|replace|remove|split|join|slice|round)\s*[:(]|(?:capitali[sz]e|upcase|downcase|upper|lower|title(?:case|ize)?|strip|trim|escape)$)/i;
const DEFAULT_FILTER = /^(?:default|fallback|if_?empty)\s*[:(]/i;
/** Blocks, comments and conditions: `{% if x %}`, `{{#if x}}`, `{{/if}}`, `{{> part}}`. */
const BLOCK = /^[%#/>!^@&]/;
/** Merge tags that need no braces. */
const OTHER_TAGS = /\*\|[^|*\n]{1,60}\|\*|<%[^%\n]{1,60}%>|\[\[[^[\]\n]{1,60}\]\]|%%[\w ]{1,60}%%|%[A-Z][A-Z_]{2,58}%/g;
/** What people call fields: words, maybe with signs in them. */
const NAME_LIKE = /^[\p{L}_][\p{L}\p{N}\p{M}_ .$()/'’#?&-]*$/u;
/** A code such as `SAVE20`. */
const CODE_LIKE = /^(?=.*\d)[A-Z0-9_-]+$/;

/**
 * What in a template will probably not come out as it was meant, each thing once.
 * @throws TemplateError when the template is a text that cannot be parsed
 */
export function templateWarnings(template: string | ParsedTemplate, facts: FieldFacts): TemplateWarning[] {
  const { parts } = typeof template === 'string' ? parseTemplate(template) : template;
  const warnings = new Map<string, TemplateWarning>();
  parts.forEach((part, index) => {
    const before = parts[index - 1];
    const isShell = typeof before === 'string' && before.endsWith('$');
    for (const warning of typeof part === 'string' ? ofText(part) : ofPlaceholder(part, isShell, facts)) {
      const id = `${warning.code} ${warning.key}`;
      if (!warnings.has(id)) warnings.set(id, warning);
    }
  });
  return [...warnings.values()];
}

/** The keys of placeholders that come out as nothing where the field is missing, each once. */
export function keysWithoutFallback(template: string | ParsedTemplate): string[] {
  const { parts } = typeof template === 'string' ? parseTemplate(template) : template;
  return [...new Set(parts.flatMap((part) => (typeof part !== 'string' && part.fallback === '' ? [part.key] : [])))];
}

function ofText(text: string): TemplateWarning[] {
  return (text.match(OTHER_TAGS) ?? []).map((tag) => other(tag, 'goes out as it stands: a field is written {firstName}'));
}

function ofPlaceholder({ key, fallback }: Placeholder, isShell: boolean, { names, use }: FieldFacts): TemplateWarning[] {
  const written = fallback === '' ? key : `${key}|${fallback}`;
  if (BLOCK.test(key)) return [other(key, 'is no condition or block here, and vanishes')];
  if (isShell) return [other(`$\{${written}}`, 'leaves a dollar sign in front of the field')];
  if (fallback.startsWith('|')) return [other(written, `has two bars: write {${key}|${fallback.slice(1).trim()}}`)];
  if (DEFAULT_FILTER.test(fallback)) return [other(written, `is not understood: write {${key}|${defaultIn(fallback)}}`)];
  if (FILTER.test(fallback)) return [other(written, 'has a filter, which goes out as text: write {field|fallback}')];
  if (use(key) === 'used') return [];
  const suggestion = names.includes(key) ? null : nearestName(key, names);
  const hint = suggestion === null ? '' : `; did you mean {${suggestion}}?`;
  if (fallback !== '') {
    if (names.includes(key) || use(key) === 'undecided') return [];
    if (suggestion === null && fallback.includes('|'))
      return [other(written, `is no choice among texts: "${fallback}" goes out each time`)];
    return [unknown(key, `is a field that nobody has, so "${fallback}" goes out each time${hint}`, suggestion)];
  }
  if (suggestion === null && !names.includes(key) && (!NAME_LIKE.test(key) || CODE_LIKE.test(key))) {
    return [{ code: 'TEXT_IN_BRACES', key, message: `{${key}} vanishes: write \\{ for a brace that stays`, suggestion }];
  }
  if (use(key) === 'undecided') return [unknown(key, `could not be looked for in time: maybe nobody has it${hint}`, suggestion)];
  return [
    unknown(key, `is a field that nobody has, and nothing stands there${hint || `: give it a fallback, {${key}|…}`}`, suggestion),
  ];
}

/** The text in `default: "there"`. */
function defaultIn(filter: string): string {
  const text = filter.replace(DEFAULT_FILTER, '').trim();
  return /^(["'])(.*?)\1/.exec(text)?.[2] ?? text.replace(/\)$/, '');
}

/** Tags without braces are shown as they stand. */
const shown = (key: string) => (/^(?:\*\||<%|\[\[|%%|%[A-Z]|\$\{)/.test(key) ? key : `{${key}}`);
const other = (key: string, what: string): TemplateWarning => ({
  code: 'OTHER_SYNTAX',
  key,
  message: `${shown(key)} ${what}`,
  suggestion: null,
});
const unknown = (key: string, what: string, suggestion: string | null): TemplateWarning => ({
  code: 'UNKNOWN_FIELD',
  key,
  message: `{${key}} ${what}`,
  suggestion,
});

import ts from 'typescript';
import type { JsonSchema } from './json-schema';

const ID = { pattern: '^[0-9a-fA-F]{24}$' };
/** A time may lack its time of day or its offset, so that it is not the `date-time` of JSON Schema. */
const INSTANT = { examples: ['2024-05-31T09:00:00Z'] };

type Argument = number | string | RegExp | undefined;
interface Rule {
  /** What the decorator says of a value; of each item of a list where it is told so. */
  (args: Argument[]): JsonSchema;
}

const nothing: Rule = () => ({});
const atMost =
  (keyword: string): Rule =>
  ([value]) =>
    typeof value === 'number' ? { [keyword]: value } : {};

/** What each decorator of a DTO says in a schema. One that is not here is an error. */
const RULES: Record<string, Rule> = {
  IsString: nothing,
  IsBoolean: nothing,
  IsArray: nothing,
  IsObject: nothing,
  IsIn: nothing,
  Type: nothing,
  Transform: nothing,
  CrmId: nothing,
  ValidateNested: nothing,
  QueryFlag: nothing,
  QueryChoices: nothing,
  IsQuietHours: nothing,
  IsViewFilters: nothing,
  IsEncoding: nothing,
  IsAddressOrNetwork: nothing,
  IsInt: () => ({ type: 'integer' }),
  IsNumber: () => ({ type: 'number' }),
  Min: atMost('minimum'),
  Max: atMost('maximum'),
  MinLength: atMost('minLength'),
  MaxLength: atMost('maxLength'),
  ArrayMinSize: atMost('minItems'),
  ArrayMaxSize: atMost('maxItems'),
  ArrayNotEmpty: () => ({ minItems: 1 }),
  ArrayUnique: () => ({ uniqueItems: true }),
  Matches: ([pattern]) => (pattern instanceof RegExp ? { pattern: pattern.source } : {}),
  IsId: () => ID,
  IsInstant: () => INSTANT,
  Word: atMost('maxLength'),
  Text: ([max, min]) => ({
    ...(typeof max === 'number' && { maxLength: max }),
    ...(typeof min === 'number' && min > 0 && { pattern: '\\S' }),
  }),
  WholeNumber: ([min, max]) => ({
    type: 'integer',
    ...(typeof min === 'number' && { minimum: min }),
    ...(typeof max === 'number' && { maximum: max }),
  }),
};
RULES.QueryNumber = RULES.WholeNumber!;

/** `ValidateIf` is used for fields alone that may be left out. */
const OPTIONAL = new Set(['Optional', 'OptionalNullable', 'IsOptional', 'ValidateIf']);
const NOT_NULL = new Set(['Optional', 'ValidateIf']);
const OF_LISTS = new Set(['minItems', 'maxItems', 'uniqueItems']);

/** A field of a DTO, and what its decorators say of it. */
export interface RuledField {
  schema: JsonSchema;
  isOptional: boolean;
}

/**
 * Adds to a field's schema what the decorators of its declaration say.
 * @throws Error for a decorator that has no rule here
 */
export function ruled(schema: JsonSchema, declaration: ts.PropertyDeclaration, checker: ts.TypeChecker): RuledField {
  let isOptional = false;
  let known = schema;
  for (const { expression } of ts.getDecorators(declaration) ?? []) {
    if (!ts.isCallExpression(expression)) continue;
    const name = expression.expression.getText();
    if (OPTIONAL.has(name)) {
      isOptional = true;
      if (!NOT_NULL.has(name)) known = orNull(known);
      continue;
    }
    const rule = RULES[name];
    if (!rule) throw new Error(`There is no rule for @${name} of ${declaration.getText()}: add it to dto-rules.ts`);
    known = merged(known, rule(expression.arguments.map((argument) => valueOf(argument, checker))));
  }
  return { schema: known, isOptional };
}

/** What a decorator says of a list goes to the list, the rest to its items. */
function merged(schema: JsonSchema, rules: JsonSchema): JsonSchema {
  if (Array.isArray(schema.anyOf))
    return { ...schema, anyOf: schema.anyOf.map((one: JsonSchema) => (isNull(one) ? one : merged(one, rules))) };
  if (schema.items === undefined) return { ...schema, ...typed(schema, rules) };
  const own = Object.entries(rules).filter(([keyword]) => OF_LISTS.has(keyword));
  const ofItems = Object.fromEntries(Object.entries(rules).filter(([keyword]) => !OF_LISTS.has(keyword)));
  const items = schema.items as JsonSchema;
  return { ...schema, ...Object.fromEntries(own), items: { ...items, ...typed(items, ofItems) } };
}

/** `type: integer` keeps the `null` that the type has. */
function typed({ type }: JsonSchema, rules: JsonSchema): JsonSchema {
  if (rules.type === undefined || !Array.isArray(type)) return rules;
  return { ...rules, type: type.map((one: string) => (one === 'number' ? rules.type : one)) };
}

const isNull = ({ type }: JsonSchema): boolean => type === 'null';

function orNull(schema: JsonSchema): JsonSchema {
  const { type } = schema;
  if (Array.isArray(type)) return type.includes('null') ? schema : { ...schema, type: [...(type as string[]), 'null'] };
  if (typeof type === 'string') return { ...schema, type: [type, 'null'] };
  return schema;
}

/** A constant that the compiler knows, or a regular expression as it stands. */
function valueOf(argument: ts.Expression, checker: ts.TypeChecker): Argument {
  const type = checker.getTypeAtLocation(argument);
  if (type.isNumberLiteral() || type.isStringLiteral()) return type.value;
  const expression = ts.isIdentifier(argument) ? initializerOf(argument, checker) : argument;
  if (expression && ts.isRegularExpressionLiteral(expression)) {
    const { text } = expression;
    return new RegExp(text.slice(1, text.lastIndexOf('/')));
  }
  return undefined;
}

function initializerOf(name: ts.Identifier, checker: ts.TypeChecker): ts.Expression | undefined {
  let symbol = checker.getSymbolAtLocation(name);
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  const declaration = symbol?.valueDeclaration;
  return declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
}

import ts from 'typescript';
import { ruled, type RuledField } from './dto-rules';
import type { JsonSchema } from './json-schema';

const REF = '#/components/schemas/';

/** A type that has no form in JSON, such as a function; the message names where it was met. */
export class NotJson extends Error {}

/**
 * Turns TypeScript types into JSON Schemas of what `JSON.stringify` makes of their values: a `Date` is a
 * date-time, `undefined` is left out. What has a name becomes a component: an interface, an alias of an
 * object, and the object that a function of the name `somethingDocument` or `toSomethingResponse` returns.
 */
export class TypeSchemas {
  readonly components = new Map<string, JsonSchema>();
  private readonly origins = new Map<string, ts.Type>();
  /** Components that hold themselves are referred to while they are built. */
  private readonly building = new Set<string>();

  constructor(private readonly checker: ts.TypeChecker) {}

  /** @throws NotJson */
  of(type: ts.Type, at: string): JsonSchema {
    const { flags } = type;
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
    if (flags & ts.TypeFlags.Null) return { type: 'null' };
    if (flags & ts.TypeFlags.StringLiteral) return { type: 'string', const: (type as ts.StringLiteralType).value };
    if (flags & ts.TypeFlags.NumberLiteral) return { type: 'number', const: (type as ts.NumberLiteralType).value };
    if (flags & ts.TypeFlags.BooleanLiteral) {
      return { type: 'boolean', const: this.checker.typeToString(type) === 'true' };
    }
    if (flags & ts.TypeFlags.StringLike) return { type: 'string' };
    if (flags & ts.TypeFlags.NumberLike) return { type: 'number' };
    if (flags & ts.TypeFlags.BooleanLike && !type.isUnion()) return { type: 'boolean' };
    if (type.isUnion()) return this.ofUnion(type, at);
    if (type.isIntersection()) return this.ofIntersection(type, at);
    if (flags & ts.TypeFlags.Object) return this.ofObject(type as ts.ObjectType, at);
    throw new NotJson(`${at}: ${this.checker.typeToString(type)} has no form in JSON`);
  }

  private ofUnion(union: ts.UnionType, at: string): JsonSchema {
    const accepts = union.aliasSymbol && tagOf(union.aliasSymbol, 'accepts');
    if (accepts) return { ...(JSON.parse(accepts) as JsonSchema), ...describedBy(this.documentationOf(union)) };
    const name = this.nameOf(union);
    const members = union.types.filter(({ flags }) => !(flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)));
    const build = () => joined(members.map((member) => this.of(member, at)));
    const isOfObjects = members.filter(({ flags }) => flags & ts.TypeFlags.Object).length > 1;
    return name && isOfObjects ? this.component(name, union, build) : build();
  }

  /** A branded string is a string; of objects, their fields together. */
  private ofIntersection(type: ts.IntersectionType, at: string): JsonSchema {
    const plain = type.types.find(({ flags }) => flags & (ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike));
    return plain ? this.of(plain, at) : this.named(type, at);
  }

  private ofObject(type: ts.ObjectType, at: string): JsonSchema {
    const symbolName = type.symbol?.name;
    if (symbolName === 'Date') return { type: 'string', format: 'date-time' };
    if (this.checker.isTupleType(type)) {
      const items = this.checker.getTypeArguments(type as ts.TypeReference).map((item) => this.of(item, at));
      return { type: 'array', prefixItems: items, minItems: items.length, maxItems: items.length };
    }
    if (this.checker.isArrayType(type)) {
      const [item] = this.checker.getTypeArguments(type as ts.TypeReference);
      return { type: 'array', items: this.of(item!, `${at}[]`) };
    }
    if (type.getCallSignatures().length > 0) throw new NotJson(`${at} is a function`);
    if (symbolName && ['Map', 'Set', 'Promise', 'Buffer', 'Readable'].includes(symbolName)) {
      throw new NotJson(`${at}: a ${symbolName} has no form in JSON`);
    }
    return this.named(type, at);
  }

  private named(type: ts.Type, at: string): JsonSchema {
    const name = this.nameOf(type);
    return name ? this.component(name, type, () => this.ofFields(type, name)) : this.ofFields(type, at);
  }

  private component(name: string, type: ts.Type, build: () => JsonSchema): JsonSchema {
    const reference = { $ref: REF + name };
    const known = this.origins.get(name);
    if (known === type || this.building.has(name)) return reference;
    this.building.add(name);
    const schema = { ...build(), ...describedBy(this.documentationOf(type)) };
    this.building.delete(name);
    if (known !== undefined && JSON.stringify(this.components.get(name)) !== JSON.stringify(schema)) {
      throw new NotJson(`There are two types of the name ${name}: give one of them another by @schema`);
    }
    this.origins.set(name, type);
    this.components.set(name, schema);
    return reference;
  }

  private ofFields(type: ts.Type, at: string): JsonSchema {
    const properties: Record<string, JsonSchema> = {};
    const required: string[] = [];
    for (const field of this.checker.getPropertiesOfType(type)) {
      const own = this.checker.getTypeOfSymbol(field);
      if (own.flags & ts.TypeFlags.Undefined || own.flags & ts.TypeFlags.Never) continue;
      const { schema, isOptional } = this.ofField(field, own, `${at}.${field.name}`);
      properties[field.name] = { ...withKeywords(schema, field), ...describedBy(this.textOf(field)) };
      if (!isOptional) required.push(field.name);
    }
    const index = this.checker.getIndexTypeOfType(type, ts.IndexKind.String);
    const isOpen = index && Object.keys(properties).length === 0;
    return {
      type: 'object',
      ...(Object.keys(properties).length > 0 && { properties }),
      ...(required.length > 0 && { required }),
      ...(isOpen && { additionalProperties: this.of(index, `${at}[key]`) }),
    };
  }

  /** A field of an object; of a DTO with what its decorators say. `@accepts` holds what no type says. */
  ofField(field: ts.Symbol, type: ts.Type, at: string): RuledField {
    const accepts = tagOf(field, 'accepts');
    const schema = accepts ? (JSON.parse(accepts) as JsonSchema) : this.of(type, at);
    const declaration = field.valueDeclaration;
    if (declaration && ts.isPropertyDeclaration(declaration) && ts.canHaveDecorators(declaration)) {
      if (ts.getDecorators(declaration)) return ruled(schema, declaration, this.checker);
    }
    const mayBeLeftOut = field.flags & ts.SymbolFlags.Optional || (type.isUnion() && type.types.some(isUndefined));
    return { schema, isOptional: Boolean(mayBeLeftOut) || (type.flags & ts.TypeFlags.Unknown) !== 0 };
  }

  /** The name under which a type is known to readers of the document, or none. */
  private nameOf(type: ts.Type): string | null {
    const alias = type.aliasSymbol;
    if (alias && isOwn(alias) && !type.aliasTypeArguments?.length) return tagOf(alias, 'schema') ?? alias.name;
    const { symbol } = type;
    if (!symbol) return null;
    if (symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class)) {
      if (!isOwn(symbol) || (type as ts.TypeReference).typeArguments?.length) return null;
      return tagOf(symbol, 'schema') ?? symbol.name.replace(/(Dto|Body)$/, 'Request');
    }
    return nameOfMaker(symbol);
  }

  private documentationOf(type: ts.Type): string {
    const symbol = type.aliasSymbol ?? type.symbol;
    if (!symbol) return '';
    if (symbol.flags & ts.SymbolFlags.ObjectLiteral) return documentationOfMaker(symbol);
    return this.textOf(symbol);
  }

  /** The docstring; of a field that is taken over from elsewhere as it is, the one that it has there. */
  private textOf(symbol: ts.Symbol): string {
    const own = plain(ts.displayPartsToString(symbol.getDocumentationComment(this.checker)));
    const source = own ? undefined : this.sourceOf(symbol.valueDeclaration);
    // What TypeScript says of `length` says nothing of the product.
    if (source?.valueDeclaration?.getSourceFile().hasNoDefaultLib) return own;
    return source ? plain(ts.displayPartsToString(source.getDocumentationComment(this.checker))) : own;
  }

  /** What `{ name: lead.name }` or `{ name }` takes over: the field of the lead. */
  private sourceOf(declaration: ts.Declaration | undefined): ts.Symbol | undefined {
    if (!declaration) return undefined;
    if (ts.isPropertyAssignment(declaration)) {
      const { initializer } = declaration;
      return ts.isPropertyAccessExpression(initializer) ? this.checker.getSymbolAtLocation(initializer.name) : undefined;
    }
    if (!ts.isShorthandPropertyAssignment(declaration)) return undefined;
    const variable = this.checker.getShorthandAssignmentValueSymbol(declaration)?.valueDeclaration;
    if (!variable || !ts.isBindingElement(variable)) return undefined;
    const name = (variable.propertyName ?? variable.name).getText();
    return this.checker.getTypeAtLocation(variable.parent).getProperty(name);
  }
}

/** As one paragraph. */
export const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

const describedBy = (description: string): JsonSchema => (description ? { description } : {});

const isUndefined = ({ flags }: ts.Type): boolean => (flags & ts.TypeFlags.Undefined) !== 0;

const isOwn = (symbol: ts.Symbol): boolean =>
  symbol.declarations?.some((one) => !one.getSourceFile().fileName.includes('/node_modules/')) ?? false;

const tagOf = (symbol: ts.Symbol, name: string): string | null => {
  const tag = symbol.getJsDocTags().find((one) => one.name === name);
  return tag ? ts.displayPartsToString(tag.text).trim() : null;
};

const KEYWORDS = ['maxLength', 'maxItems', 'pattern', 'default'] as const;

/** With what the field's docstring says in tags of the names of keywords, such as `@maxLength 100`. */
function withKeywords(schema: JsonSchema, field: ts.Symbol): JsonSchema {
  const said = KEYWORDS.flatMap((name) => {
    const text = tagOf(field, name);
    return text === null ? [] : [[name, name === 'pattern' ? text : (JSON.parse(text) as unknown)]];
  });
  return { ...schema, ...(Object.fromEntries(said) as JsonSchema) };
}

/** The function whose only result the object literal is, if it has a name. */
function makerOf(symbol: ts.Symbol): { name: string; node: ts.Node } | null {
  const literal = symbol.declarations?.[0];
  if (!literal || !ts.isObjectLiteralExpression(literal)) return null;
  let node: ts.Node = literal.parent;
  while (ts.isParenthesizedExpression(node) || ts.isReturnStatement(node) || ts.isBlock(node)) node = node.parent;
  if (ts.isFunctionDeclaration(node) && node.name) return { name: node.name.text, node };
  if (ts.isArrowFunction(node) && ts.isVariableDeclaration(node.parent) && ts.isIdentifier(node.parent.name)) {
    return { name: node.parent.name.text, node: node.parent.parent.parent };
  }
  return null;
}

function isGeneric(node: ts.Node): boolean {
  if (ts.isFunctionDeclaration(node)) return node.typeParameters !== undefined;
  const [declaration] = ts.isVariableStatement(node) ? node.declarationList.declarations : [];
  const initializer = declaration?.initializer;
  return initializer !== undefined && ts.isArrowFunction(initializer) && initializer.typeParameters !== undefined;
}

function nameOfMaker(symbol: ts.Symbol): string | null {
  const maker = makerOf(symbol);
  // Of a generic function each call has a type of its own.
  if (!maker || isGeneric(maker.node)) return null;
  const tag = ts.getJSDocTags(maker.node).find(({ tagName }) => tagName.text === 'schema');
  if (tag) return String(tag.comment).trim();
  const [, response, document] = /^to(.+)Response$|^(.+)Document$/.exec(maker.name) ?? [];
  const name = response ?? document;
  return name ? name[0]!.toUpperCase() + name.slice(1) : null;
}

function documentationOfMaker(symbol: ts.Symbol): string {
  const maker = makerOf(symbol);
  const comment = maker && ts.getJSDocCommentsAndTags(maker.node).find(ts.isJSDoc)?.comment;
  return comment ? plain(ts.getTextOfJSDocComment(comment) ?? '') : '';
}

/** The schemas of a union's members as one: an enumeration where all are constants, else `anyOf`. */
function joined(members: readonly JsonSchema[]): JsonSchema {
  const constants = members.filter((one) => 'const' in one);
  const others = members.filter((one) => !('const' in one) && one.type !== 'null');
  const isNullable = members.some(({ type }) => type === 'null');
  const booleans = constants.filter(({ type }) => type === 'boolean');
  const kept = booleans.length === 2 ? [{ type: 'boolean' }] : booleans;
  const choices = constants.filter(({ type }) => type !== 'boolean');
  const alternatives: JsonSchema[] = [...others, ...kept, ...(choices.length > 0 ? [enumeration(choices)] : [])];
  const distinct = [...new Map(alternatives.map((one) => [JSON.stringify(one), one])).values()];
  if (distinct.length === 1) return isNullable ? orNull(distinct[0]!) : distinct[0]!;
  if (distinct.length === 0) return { type: 'null' };
  const simple = distinct.every((one) => Object.keys(one).length === 1 && typeof one.type === 'string');
  if (simple) return { type: [...distinct.map(({ type }) => type), ...(isNullable ? ['null'] : [])] };
  return { anyOf: [...distinct, ...(isNullable ? [{ type: 'null' }] : [])] };
}

function enumeration(choices: readonly JsonSchema[]): JsonSchema {
  const types = new Set(choices.map(({ type }) => type));
  if (choices.length === 1) return choices[0]!;
  return { type: types.size === 1 ? [...types][0] : [...types], enum: choices.map((one) => one.const) };
}

function orNull(schema: JsonSchema): JsonSchema {
  if (typeof schema.type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  const { const: only, enum: choices, ...rest } = schema;
  const values = only !== undefined ? [only] : (choices as unknown[] | undefined);
  return { ...rest, type: [schema.type, 'null'], ...(values && { enum: [...values, null] }) };
}

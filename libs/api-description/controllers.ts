import ts from 'typescript';
import type { JsonSchema } from './json-schema';
import { NotJson, plain, type TypeSchemas } from './type-schemas';

const METHODS = { Get: 'get', Post: 'post', Patch: 'patch', Put: 'put', Delete: 'delete' } as const;
type Method = (typeof METHODS)[keyof typeof METHODS];

const JSON_TYPE = 'application/json';
const ID: JsonSchema = { type: 'string', pattern: '^[0-9a-fA-F]{24}$' };

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: JsonSchema;
}

/** One method of a controller, as its code and its docstring describe it. */
export interface Route {
  method: Method;
  /** As OpenAPI writes it: `/api/leads/{id}`. */
  path: string;
  /** The first sentence of the docstring, and the rest of it. */
  summary: string;
  description: string;
  /** From `@operation`: how clients call it. */
  operationId: string;
  /** The controller's, such as `Leads`. */
  tag: string;
  parameters: Parameter[];
  body: { schema: JsonSchema; contentType: string; isRequired: boolean; takesForms?: boolean } | null;
  /** What it answers when all is well, by status: from `@answers`, or what Nest answers by default. */
  statuses: number[];
  contentType: string;
  /** Another type of text that the answer may be, where what is behind it wants that. */
  orType: string | null;
  answer: JsonSchema;
  /** Codes that not every operation has: from `@fails`; `CODE:409` where a code has several statuses. */
  fails: string[];
  /** Refusals with a body of their own, from `@unshaped`. */
  unshaped: number[];
  /** From `@RequiresScope('…')`; `null` for an operation that needs no key, or that any key opens. */
  scope: string | null;
  isPublic: boolean;
  takesIdempotencyKey: boolean;
}

/** Reads the controllers of a program. */
export class Controllers {
  /** What the code does not say, of all controllers that were read. */
  readonly problems: string[] = [];

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly schemas: TypeSchemas,
  ) {}

  routesOf(file: ts.SourceFile): Route[] {
    const routes: Route[] = [];
    file.forEachChild((node) => {
      const controller = ts.isClassDeclaration(node) ? decoratorOf(node, 'Controller') : undefined;
      if (!ts.isClassDeclaration(node) || !controller) return;
      const base = textOf(controller.arguments[0]);
      for (const member of node.members.filter(ts.isMethodDeclaration)) {
        try {
          routes.push(...this.routeOf(node, member, base));
        } catch (error) {
          this.problems.push(error instanceof Error ? error.message : String(error));
        }
      }
    });
    return routes;
  }

  private routeOf(owner: ts.ClassDeclaration, method: ts.MethodDeclaration, base: string): Route[] {
    const verb = (Object.keys(METHODS) as (keyof typeof METHODS)[]).find((name) => decoratorOf(method, name));
    if (!verb) return [];
    const at = `${owner.name!.text}.${method.name.getText()}`;
    const tags = tagsOf(method);
    if (tags.has('hidden')) return [];
    const [summary, description] = sentencesOf(docOf(method));
    const path = [base, textOf(decoratorOf(method, verb)!.arguments[0])].filter(Boolean).join('/');
    const type = this.checker.getReturnTypeOfSignature(this.checker.getSignatureFromDeclaration(method)!);
    const contentType = tags.get('produces') ?? JSON_TYPE;
    const scope = decoratorOf(method, 'RequiresScope');
    const isPublic = decoratorOf(method, 'Public') !== undefined;
    if (!scope && !isPublic && !decoratorOf(method, 'AnyCaller')) fail(`${at} does not say whom it admits`);
    return [
      {
        method: METHODS[verb],
        path: `/${path}`.replace(/:(\w+)/g, '{$1}').replace('*', '{token}'),
        summary,
        description,
        operationId: tags.get('operation') ?? fail(`${at} has no @operation`),
        tag: owner.name!.text.replace(/Controller$/, ''),
        ...withPathParameters(`/${path}`, this.inputsOf(method, tags, at)),
        statuses: statusesOf(method, verb, tags),
        contentType,
        orType: tags.get('alsoproduces') ?? null,
        answer: contentType === JSON_TYPE ? this.answerOf(type, tags, at) : { type: 'string' },
        fails: (tags.get('fails') ?? '').split(/[\s,]+/).filter(Boolean),
        unshaped: (tags.get('unshaped') ?? '')
          .split(/[\s,]+/)
          .filter(Boolean)
          .map(Number),
        scope: scope ? textOf(scope.arguments[0]) : null,
        isPublic,
        takesIdempotencyKey: verb === 'Post' && !decoratorOf(method, 'AnswerHoldsSecret'),
      },
    ];
  }

  private answerOf(type: ts.Type, tags: Map<string, string>, at: string): JsonSchema {
    const tagged = tags.get('answer');
    if (tagged) return JSON.parse(tagged) as JsonSchema;
    const answer = this.checker.getAwaitedType(type) ?? type;
    if (answer.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) throw new NotJson(`${at} does not say what it answers`);
    return this.schemas.of(answer, at);
  }

  private inputsOf(method: ts.MethodDeclaration, tags: Map<string, string>, at: string): Pick<Route, 'parameters' | 'body'> {
    const parameters: Parameter[] = [];
    let body: Route['body'] = null;
    for (const parameter of method.parameters) {
      const path = decoratorOf(parameter, 'Param');
      if (path) {
        const isId = path.arguments[1]?.getText() === 'IdParam';
        const name = textOf(path.arguments[0]).replace('*', 'token');
        parameters.push({ name, in: 'path', required: true, schema: isId ? ID : { type: 'string' } });
      }
      const type = this.checker.getTypeAtLocation(parameter);
      if (decoratorOf(parameter, 'Query')) parameters.push(...this.queryOf(type, at));
      if (decoratorOf(parameter, 'Body')) {
        if (this.checker.getIndexTypeOfType(type, ts.IndexKind.String) && this.checker.getPropertiesOfType(type).length === 0) {
          throw new NotJson(`${at} does not say what its body is`);
        }
        const takesForms = decoratorOf(method, 'TakesForms') !== undefined;
        body = { schema: this.schemas.of(type, `${at} body`), contentType: JSON_TYPE, isRequired: true, takesForms };
      }
    }
    const [, header, description] = /^(\S+) ([^]+)$/.exec(tags.get('header') ?? '') ?? [];
    if (header) parameters.push({ name: header, in: 'header', required: false, description, schema: { type: 'string' } });
    const named = tags.get('body');
    if (named)
      body = { schema: this.schemas.of(this.typeNamed(named, method), `${at} body`), contentType: JSON_TYPE, isRequired: false };
    const file = tags.get('uploads');
    return file ? { parameters, body: uploadOf(file, parameters) } : { parameters, body };
  }

  private typeNamed(name: string, at: ts.Node): ts.Type {
    let symbol = this.checker.resolveName(name, at, ts.SymbolFlags.Type | ts.SymbolFlags.Alias, false);
    if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = this.checker.getAliasedSymbol(symbol);
    return symbol ? this.checker.getDeclaredTypeOfSymbol(symbol) : fail(`There is no type ${name}`);
  }

  private queryOf(type: ts.Type, at: string): Parameter[] {
    return this.checker.getPropertiesOfType(type).map((field) => {
      const { schema, isOptional } = this.schemas.ofField(field, this.checker.getTypeOfSymbol(field), `${at}?${field.name}`);
      const description = plain(ts.displayPartsToString(field.getDocumentationComment(this.checker)));
      return {
        name: field.name,
        in: 'query',
        required: !isOptional,
        ...(description && { description }),
        schema: withoutNull(schema),
      };
    });
  }
}

/** A form with a file, whose other fields may stand in the query as well. */
function uploadOf(file: string, fields: readonly Parameter[]): Route['body'] {
  const properties = Object.fromEntries(
    fields.map(({ name, schema, description }) => [name, { ...schema, ...(description && { description }) }]),
  );
  const binary = { type: 'string', contentMediaType: 'application/octet-stream', description: 'The CSV file' };
  const schema = { type: 'object', properties: { ...properties, [file]: binary }, required: [file] };
  return { schema, contentType: 'multipart/form-data', isRequired: true };
}

/** Whatever the path names is a parameter, also where the handler does not read it. */
function withPathParameters(path: string, inputs: Pick<Route, 'parameters' | 'body'>): Pick<Route, 'parameters' | 'body'> {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
  const missing = names.filter((name) => !inputs.parameters.some((one) => one.in === 'path' && one.name === name));
  const added = missing.map((name): Parameter => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  return { ...inputs, parameters: [...added, ...inputs.parameters] };
}

/** There is no `null` in a query string. */
function withoutNull(schema: JsonSchema): JsonSchema {
  if (!Array.isArray(schema.type)) return schema;
  const types = (schema.type as string[]).filter((one) => one !== 'null');
  const choices = (schema.enum as unknown[] | undefined)?.filter((one) => one !== null);
  return { ...schema, type: types.length === 1 ? types[0] : types, ...(choices && { enum: choices }) };
}

function statusesOf(method: ts.MethodDeclaration, verb: string, tags: Map<string, string>): number[] {
  const tagged = tags.get('answers');
  if (tagged) return tagged.split(/[\s,]+/).map(Number);
  const code = decoratorOf(method, 'HttpCode')?.arguments[0];
  if (code) return [STATUSES[code.getText().replace('HttpStatus.', '')] ?? Number(code.getText())];
  return [verb === 'Post' ? 201 : 200];
}

const STATUSES: Record<string, number> = { OK: 200, CREATED: 201, ACCEPTED: 202 };

function decoratorOf(node: ts.HasDecorators, name: string): ts.CallExpression | undefined {
  const calls = (ts.getDecorators(node) ?? []).map(({ expression }) => expression).filter(ts.isCallExpression);
  return calls.find(({ expression }) => expression.getText() === name);
}

const textOf = (node: ts.Node | undefined): string => (node && ts.isStringLiteralLike(node) ? node.text : '');

function docOf(node: ts.Node): string {
  const comment = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc)?.comment;
  return comment ? plain(ts.getTextOfJSDocComment(comment) ?? '') : '';
}

const tagsOf = (node: ts.Node): Map<string, string> =>
  new Map(ts.getJSDocTags(node).map(({ tagName, comment }) => [tagName.text, plain(ts.getTextOfJSDocComment(comment) ?? '')]));

/** The first sentence, and what follows it. */
function sentencesOf(text: string): [string, string] {
  const end = /[.:](?= |$)/.exec(text);
  if (!end) return [text, ''];
  const summary = text.slice(0, end.index);
  return [summary, text.slice(end.index + 1).trim()];
}

function fail(message: string): never {
  throw new Error(message);
}

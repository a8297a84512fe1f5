import { applyDecorators, type ArgumentMetadata, Injectable, type PipeTransform, ValidationPipe } from '@nestjs/common';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  getMetadataStorage,
  IsIn,
  IsInt,
  isISO8601,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateIf,
  type ValidationError,
} from 'class-validator';
import { type ErrorDetail, ValidationFailed } from '../errors';
import { ID_PATTERN } from '../ids';
import { MAX_BODY_DEPTH } from './json-scan';

function flatten(errors: ValidationError[], path = ''): ErrorDetail[] {
  return errors.flatMap((error) => {
    const field = path ? `${path}.${error.property}` : error.property;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
      field,
      message:
        rule === 'whitelistValidation'
          ? 'is not a known field'
          : message.replace(new RegExp(`^(each value in )?${error.property} `), '$1'),
    }));
    return [...own, ...flatten(error.children ?? [], field)];
  });
}

/** Checks bodies and queries against their DTO; unknown fields are refused by name. */
@Injectable()
export class RequestValidation extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      stopAtFirstError: true,
      validationError: { target: false, value: false },
      exceptionFactory: (errors) => new ValidationFailed(flatten(errors)),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body' && metadata.metatype && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      throw new ValidationFailed([{ field: 'body', message: 'must be a JSON object' }]);
    }
    if (metadata.type === 'body') {
      requireFewNodes(value, metadata.metatype === Object ? MAX_ROW_NODES : MAX_BODY_NODES);
    }
    if (metadata.metatype && metadata.metatype !== Object) {
      if (metadata.type === 'body') requireShortLists(value as Record<string, unknown>, metadata.metatype);
      const field = inheritedName(value);
      if (field !== null) throw new ValidationFailed([{ field, message: 'is not a known field' }]);
    }
    return super.transform(value, metadata);
  }
}

const longestLists = new WeakMap<object, [field: string, most: number][]>();

/** Lists are measured before what is in them is looked at. @throws ValidationFailed */
function requireShortLists(body: Record<string, unknown>, dto: NonNullable<ArgumentMetadata['metatype']>): void {
  let limits = longestLists.get(dto);
  if (!limits) {
    const rules = getMetadataStorage().getTargetValidationMetadatas(dto, '', true, false);
    limits = rules
      .filter(({ name }) => name === 'arrayMaxSize')
      .map(({ propertyName, constraints }) => [propertyName, Number(constraints[0])]);
    longestLists.set(dto, limits);
  }
  for (const [field, most] of limits) {
    const list = body[field];
    if (!Array.isArray(list) || list.length <= most) continue;
    throw new ValidationFailed([{ field, message: `must contain no more than ${most} elements` }]);
  }
}

/**
 * The first field that is called like something every object has: the validator takes `toString` for a field
 * that the DTO knows.
 */
function inheritedName(value: unknown, path = ''): string | null {
  if (typeof value !== 'object' || value === null) return null;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      // Of a long list of texts, not even a path is made.
      if (typeof value[index] !== 'object') continue;
      const found = inheritedName(value[index], `${path}${index}.`);
      if (found !== null) return found;
    }
    return null;
  }
  for (const [name, inner] of Object.entries(value)) {
    const found = name in Object.prototype ? path + name : inheritedName(inner, `${path}${name}.`);
    if (found !== null) return found;
  }
  return null;
}

/**
 * Fields and objects that a body may have in all. Everything behind this walk (DTOs, the whitelist) costs
 * microseconds for each, so more of them would hold the event loop.
 */
const MAX_BODY_NODES = 20_000;
/** The same for bodies whose rows stay out of the DTO: 10,000 leads with a hundred custom fields each. */
const MAX_ROW_NODES = 2_000_000;

/**
 * For bodies that are taken as they are, since a part of them is too long for the generic validation, and
 * that are no rows.
 * @throws ValidationFailed when the body has more fields and objects than any that a DTO describes
 */
export function requireFewNodes(value: unknown, most = MAX_BODY_NODES): void {
  const budget = { left: most };
  if (isDeeperThan(value, MAX_BODY_DEPTH, budget)) {
    throw new ValidationFailed([{ field: 'body', message: `is nested more than ${MAX_BODY_DEPTH} levels deep` }]);
  }
  if (budget.left < 0) throw new ValidationFailed([{ field: 'body', message: 'has too many fields and objects' }]);
}

/** Ends early once the budget is spent. */
function isDeeperThan(value: unknown, levels: number, budget: { left: number }): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  budget.left -= 1;
  if (budget.left < 0) return false;
  // Twenty megabytes of commas are ten million elements: no list of their indexes.
  if (Array.isArray(value)) {
    for (const inner of value) {
      if (isDeeperThan(inner, levels - 1, budget)) return true;
      if (budget.left < 0) return false;
    }
    return false;
  }
  for (const key in value) {
    budget.left -= 1;
    if (budget.left < 0) return false;
    if (isDeeperThan((value as Record<string, unknown>)[key], levels - 1, budget)) return true;
  }
  return false;
}

/** A path parameter that must be an id. */
@Injectable()
export class IdParam implements PipeTransform<string, string> {
  transform(value: string, { data }: ArgumentMetadata): string {
    if (!ID_PATTERN.test(value)) throw new ValidationFailed([{ field: data ?? 'id', message: 'must be an id of 24 hex digits' }]);
    return value.toLowerCase();
  }
}

/** Does the property hold a text, by the decorators that stand behind this one? */
function isText(target: object, property: string | symbol): boolean {
  const rules = getMetadataStorage().getTargetValidationMetadatas(target.constructor, '', true, false);
  return rules.some(({ propertyName, name, each }) => propertyName === property && name === 'isString' && !each);
}

/** Form tools send `""` for what is left empty: the same as left out, but for texts, which it empties. */
const BlankIsAbsent = (): PropertyDecorator => (target, property) => {
  if (isText(target, property)) return;
  Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value))(target, property);
};

/** Left out is fine; `null` is not, unless the property says so. Stands before all that says what it is. */
export const Optional = () =>
  applyDecorators(
    BlankIsAbsent(),
    ValidateIf((_, value) => value !== undefined),
  );
/** Left out and `null` are both fine. Stands before all that says what it is. */
export const OptionalNullable = () => applyDecorators(BlankIsAbsent(), IsOptional());

export const IsId = () =>
  applyDecorators(
    Matches(ID_PATTERN, { message: '$property must be an id of 24 hex digits' }),
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && ID_PATTERN.test(value) ? value.toLowerCase() : value,
    ),
  );

export const Text = (max: number, min = 0) =>
  applyDecorators(
    IsString(),
    MaxLength(max),
    ...(min > 0 ? [Matches(/\S/, { message: '$property must not be empty' })] : []),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
  );

/** A code or an address, which the domain reads; no text, so that `""` leaves it out. */
export const Word = (max: number) =>
  applyDecorators(
    MaxLength(max, { message: `$property must be a string of at most ${max} characters` }),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
  );

/** A whole number in a body. */
export const WholeNumber = (min: number, max: number) => applyDecorators(IsInt(), Min(min), Max(max));

/** A whole number in a query string. */
export const QueryNumber = (min: number, max: number) =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value,
    ),
    WholeNumber(min, max),
  );

/** `true` or `false` in a query string. */
export const QueryFlag = () =>
  Transform(({ value }: { value: unknown }) =>
    value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : value,
  );

/** Some of the values, in a query string: `status=sent,delivered`, or the name again and again. */
export const QueryChoices = (values: readonly string[]) =>
  applyDecorators(
    IsIn(values, {
      each: true,
      message: `$property must be one of the following values: ${values.join(', ')}, or a list of them`,
    }),
    ArrayMaxSize(values.length),
    Transform(({ value }: { value: unknown }) => choicesOf(value)),
  );

const choicesOf = (value: unknown): unknown => {
  if (value === '') return value;
  const given = Array.isArray(value) ? value : [value];
  if (!given.every((one) => typeof one === 'string')) return value;
  return [...new Set(given.flatMap((one) => one.split(',')).map((one) => one.trim()))];
};

/**
 * ISO 8601 knows more than JavaScript reads: weeks (`2024-W10`), days of the year, times without dashes.
 * Those are refused too.
 */
export const IsInstant = () =>
  ValidateBy(
    {
      name: 'isInstant',
      validator: { validate: (value) => isISO8601(value, { strict: true }) && !Number.isNaN(Date.parse(String(value))) },
    },
    { message: '$property must be an ISO 8601 time such as 2024-05-31T09:00:00Z' },
  );

const validation = new RequestValidation();

/** Checks a part of a body against its DTO, as the pipe does for whole bodies. @throws ValidationFailed */
export const validateDto = <T>(dto: new () => T, value: object): Promise<T> =>
  validation.transform(value, { type: 'body', metatype: dto }) as Promise<T>;

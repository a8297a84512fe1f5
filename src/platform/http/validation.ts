import { ValidationPipe, type ArgumentMetadata, Injectable, type PipeTransform, applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import {
  IsISO8601,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  type ValidationError,
} from 'class-validator';
import { ValidationFailed, type ErrorDetail } from '../errors';
import { ID_PATTERN } from '../ids';

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
    return super.transform(value, metadata);
  }
}

/** A path parameter that must be an id. */
@Injectable()
export class IdParam implements PipeTransform<string, string> {
  transform(value: string, { data }: ArgumentMetadata): string {
    if (!ID_PATTERN.test(value)) throw new ValidationFailed([{ field: data ?? 'id', message: 'must be an id of 24 hex digits' }]);
    return value.toLowerCase();
  }
}

/** Left out is fine; `null` is not, unless the property says so. */
export const Maybe = () => ValidateIf((_, value) => value !== undefined);
/** Left out and `null` are both fine. */
export const MaybeNull = () => IsOptional();

export const IsId = () =>
  applyDecorators(
    Matches(ID_PATTERN, { message: '$property must be an id of 24 hex digits' }),
    Transform(({ value }) => (typeof value === 'string' && ID_PATTERN.test(value) ? value.toLowerCase() : value)),
  );

export const Text = (max: number, min = 0) =>
  applyDecorators(
    IsString(),
    MaxLength(max),
    ...(min > 0 ? [Matches(/\S/, { message: '$property must not be empty' })] : []),
    Transform(({ value }) => (typeof value === 'string' ? value.trim() : value)),
  );

/** A whole number in a body. */
export const WholeNumber = (min: number, max: number) => applyDecorators(IsInt(), Min(min), Max(max));

/** A whole number in a query string. */
export const QueryNumber = (min: number, max: number) =>
  applyDecorators(
    Transform(({ value }) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value)),
    WholeNumber(min, max),
  );

/** `true` or `false` in a query string. */
export const QueryFlag = () =>
  Transform(({ value }) => (value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : value));

export const IsInstant = () => IsISO8601({ strict: true }, { message: '$property must be an ISO 8601 time' });

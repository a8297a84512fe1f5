import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, ValidateBy } from 'class-validator';
import { ValidationFailed } from '../../platform/errors';
import { IsInstant, Optional, OptionalNullable, Text, WholeNumber } from '../../platform/http';
import type { NewKey } from '../application/api-keys.service';
import { isAddressOrNetwork } from '../domain/address-list';
import type { ApiKey, KeyChange, KeyLimits } from '../domain/api-key';
import { type Scope, SCOPES } from '../domain/scopes';

/** The default of a rotation, and the most that it may be: seven days. */
const OVERLAP_HOURS = 24;
const MAX_OVERLAP_HOURS = 168;

const IsAddressOrNetwork = () =>
  ValidateBy(
    { name: 'isAddressOrNetwork', validator: { validate: (value) => typeof value === 'string' && isAddressOrNetwork(value) } },
    { each: true, message: 'each value in $property must be an address or a network such as 203.0.113.0/24' },
  );

class KeyLimitsDto {
  /** What the key may do; by default everything that its maker may, but `keys:manage`. */
  @Optional() @IsArray() @ArrayUnique() @IsIn(SCOPES, { each: true }) scopes?: Scope[];
  /** When the key stops being good, later than now; `null`, the default: never. */
  @OptionalNullable() @IsInstant() expiresAt?: string | null;
  /** Addresses and networks from which it may be used, at most 50; empty, the default: from anywhere. */
  @Optional() @IsArray() @ArrayMaxSize(50) @ArrayUnique() @IsAddressOrNetwork() allowedIps?: string[];
  /** Calls in a minute, 1 to 1,000,000, within those of the workspace; `null`, the default: as many. */
  @OptionalNullable() @WholeNumber(1, 1_000_000) rateLimitPerMinute?: number | null;
}

export class NewApiKeyDto extends KeyLimitsDto {
  /** What people call the key, 1 to 100 characters. */
  @Text(100, 1) name: string;
}

export class ApiKeyDto extends KeyLimitsDto {
  /** What people call the key, 1 to 100 characters. */
  @Optional() @Text(100, 1) name?: string;
}

export class KeyRotationDto {
  /** For how long the earlier secret stays good, in hours: 24 by default, at most 168. */
  @Optional() @WholeNumber(0, MAX_OVERLAP_HOURS) overlapHours?: number;
}

export const keyOverlapOf = ({ overlapHours }: KeyRotationDto): number => overlapHours ?? OVERLAP_HOURS;

/** @throws ValidationFailed for an expiry that is not later than now */
function limitsIn({ scopes, expiresAt, allowedIps, rateLimitPerMinute }: KeyLimitsDto, now: Date): Partial<KeyLimits> {
  const expiry = typeof expiresAt === 'string' ? new Date(expiresAt) : expiresAt;
  if (expiry && expiry <= now) throw new ValidationFailed([{ field: 'expiresAt', message: 'must be later than now' }]);
  return { scopes, expiresAt: expiry, allowedIps, rateLimitPerMinute };
}

export const newKeyOf = ({ name, ...limits }: NewApiKeyDto, now: Date): NewKey => ({ name, ...limitsIn(limits, now) });

export const keyChangeOf = ({ name, ...limits }: ApiKeyDto, now: Date): KeyChange => ({ name, ...limitsIn(limits, now) });

/** A key without its secret. */
export const toApiKeyResponse = (key: ApiKey) => ({
  _id: key.id,
  name: key.name,
  ending: key.ending,
  scopes: key.scopes,
  expiresAt: key.expiresAt,
  allowedIps: key.allowedIps,
  rateLimitPerMinute: key.rateLimitPerMinute,
  createdAt: key.createdAt,
  lastUsedAt: key.lastUsedAt,
  previousSecretUntil: key.previousSecretUntil,
});

/** A new key, with the secret that is shown this once. */
export const toNewApiKeyResponse = ({ key, secret }: { key: ApiKey; secret: string }) => ({
  ...toApiKeyResponse(key),
  key: secret,
  warning: 'Keep this key now: it is not shown again.',
});

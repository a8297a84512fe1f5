import { Type } from 'class-transformer';
import { IsNumber, IsObject, Max, Min, ValidateNested } from 'class-validator';
import { Optional, OptionalNullable, Text, WholeNumber, Word } from '../../platform/http';
import type { CheckedAccount } from '../application/accounts.service';
import type { Account } from '../domain/account';

/** How fast the lines of an account may send that have no pace of their own. */
export class AccountPaceDto {
  /** Units a second on average; a unit is a message, or a segment of it where the channel counts those. */
  @IsNumber() @Min(0.001) @Max(1_000) perSecond: number;
  /** Units that may go at once after a rest. */
  @WholeNumber(1, 10_000) burst: number;
  /** Messages that are on their way to the provider at the same time. */
  @WholeNumber(1, 500) inFlight: number;
}

/** What a caller may change of an account. */
export class AccountDto {
  @OptionalNullable() @Text(100) name?: string | null;
  /** The physical device behind it, which its lines share; without it, the host of its bridge. */
  @OptionalNullable() @Text(200) deviceId?: string | null;
  /** By name, as `GET /channels` lists them; those that are left out stay, and `null` takes one away. */
  @Optional() @IsObject() settings?: Record<string, unknown>;
  /** Write only. By name, as `GET /channels` lists them; those that are left out stay. */
  @Optional() @IsObject() secrets?: Record<string, unknown>;
  /** In place of the pace of its channel, where that has one; `null`: as the channel has it. */
  @OptionalNullable() @IsObject() @ValidateNested() @Type(() => AccountPaceDto) pace?: AccountPaceDto | null;
}

export class NewAccountDto extends AccountDto {
  @Word(50) channel: string;
}

/** An account as callers see it: which of its secrets are set, and none of them. @schema Account */
export function toAccountResponse({ id, secrets: _, bridgePassword: __, secretNames, health, ...fields }: Account) {
  const { settings, pace, channel, provider, name, deviceId, workspaceId, isImplicit, createdAt, updatedAt } = fields;
  return {
    _id: id,
    workspaceId,
    channel,
    provider,
    name,
    deviceId,
    settings: { ...settings },
    configuredSecrets: [...secretNames],
    pace,
    isImplicit,
    healthCheck: { ...health },
    createdAt,
    updatedAt,
  };
}

/** @schema AccountHealth */
export const toAccountHealthResponse = ({ account: { id, health }, failure }: CheckedAccount) => ({
  accountId: id,
  available: failure === null,
  healthCheck: { ...health },
});

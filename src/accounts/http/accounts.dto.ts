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

/** How fast all lines of an account may send together. */
export class OverallPaceDto {
  /** Units a second on average; a unit is a message, or a segment of it where the channel counts those. */
  @IsNumber() @Min(0.001) @Max(10_000) perSecond: number;
  /** Units that may go at once after a rest. */
  @WholeNumber(1, 10_000) burst: number;
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
  /** Of all its lines together, beside the pace of each; `null`: as the channel has it. */
  @OptionalNullable() @IsObject() @ValidateNested() @Type(() => OverallPaceDto) overallPace?: OverallPaceDto | null;
}

export class NewAccountDto extends AccountDto {
  @Word(50) channel: string;
}

const OVERLAP_HOURS = 24;
const MAX_OVERLAP_HOURS = 168;

export class AccountInboundRotationDto {
  /** For how long the earlier URL is answered as well, in hours: 24 by default. */
  @Optional() @WholeNumber(0, MAX_OVERLAP_HOURS) overlapHours?: number;
}

export const overlapOf = ({ overlapHours }: AccountInboundRotationDto): number => overlapHours ?? OVERLAP_HOURS;

/** An account as callers see it: which of its secrets are set, and none of them. @schema Account */
export const toAccountResponse = (account: Account, inboundUrl: string | null) => ({
  _id: account.id,
  workspaceId: account.workspaceId,
  channel: account.channel,
  provider: account.provider,
  name: account.name,
  deviceId: account.deviceId,
  settings: { ...account.settings },
  configuredSecrets: [...account.secretNames],
  inboundUrl,
  pace: account.pace,
  overallPace: account.overallPace,
  isImplicit: account.isImplicit,
  healthCheck: { ...account.health },
  createdAt: account.createdAt,
  updatedAt: account.updatedAt,
});

/** @schema AccountHealth */
export const toAccountHealthResponse = ({ account: { id, health }, failure, warnings }: CheckedAccount) => ({
  accountId: id,
  available: failure === null,
  healthCheck: { ...health },
  /** What had better be put right, though it keeps nothing from being sent. */
  warnings,
});

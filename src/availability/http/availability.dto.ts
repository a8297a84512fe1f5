import { ArrayMaxSize, IsArray, IsBoolean, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsId, Optional, OptionalNullable, QueryFlag } from '../../platform/http';

const MAX_ADDRESSES = 50;
const MAX_LEAD_IDS = 100_000;

export class LeadCheckQuery {
  @IsOptional() @IsString() @MaxLength(100) id?: string;
  @Optional() @QueryFlag() @IsBoolean() refresh?: boolean;
}

export class AddressQuery {
  @IsOptional() @IsString() @MaxLength(500) address?: string;
  @Optional() @QueryFlag() @IsBoolean() refresh?: boolean;
}

export class CheckDto {
  @OptionalNullable() @IsString() @MaxLength(500) address?: string | null;
  @OptionalNullable() @IsId() listId?: string | null;
  @OptionalNullable() @IsArray() @ArrayMaxSize(MAX_LEAD_IDS) leadIds?: unknown[] | null;
  @Optional() @IsBoolean() refresh?: boolean;
}

export class RoundRobinDto {
  @OptionalNullable() @IsArray() @ArrayMaxSize(MAX_ADDRESSES) @IsString({ each: true }) @MaxLength(500, { each: true }) phones?:
    string[] | null;
  @OptionalNullable() @IsArray() @ArrayMaxSize(MAX_ADDRESSES) @IsString({ each: true }) @MaxLength(500, { each: true }) emails?:
    string[] | null;
}

import { ArrayMaxSize, IsArray, IsBoolean, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsId, Maybe, MaybeNull, QueryFlag } from '../../platform/http';

const MOST_ADDRESSES = 50;
export const MOST_LEAD_IDS = 100_000;

export class LeadCheckQuery {
  @IsOptional() @IsString() @MaxLength(100) id?: string;
  @Maybe() @QueryFlag() @IsBoolean() refresh?: boolean;
}

export class AddressQuery {
  @IsOptional() @IsString() @MaxLength(500) address?: string;
  @Maybe() @QueryFlag() @IsBoolean() refresh?: boolean;
}

export class CheckDto {
  @MaybeNull() @IsString() @MaxLength(500) address?: string | null;
  @MaybeNull() @IsId() listId?: string | null;
  @MaybeNull() @IsArray() @ArrayMaxSize(MOST_LEAD_IDS) leadIds?: unknown[] | null;
  @Maybe() @IsBoolean() refresh?: boolean;
}

export class RoundRobinDto {
  @MaybeNull() @IsArray() @ArrayMaxSize(MOST_ADDRESSES) @IsString({ each: true }) @MaxLength(500, { each: true }) phones?:
    string[] | null;
  @MaybeNull() @IsArray() @ArrayMaxSize(MOST_ADDRESSES) @IsString({ each: true }) @MaxLength(500, { each: true }) emails?:
    string[] | null;
}

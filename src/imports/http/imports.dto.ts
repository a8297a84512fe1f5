import { IsBoolean, IsIn, IsString, MaxLength } from 'class-validator';
import { ValidationFailed } from '../../platform/errors';
import { IsId, Optional, QueryFlag, Text, validateDto } from '../../platform/http';
import type { ImportCall, ImportPreview } from '../application/imports.service';
import type { Mapping, Target } from '../domain/columns';
import { type Import, percentOf, rowsPerSecond, secondsLeft, stateOf } from '../domain/import';

/** What goes with the file, as form fields or in the query. */
export class ImportFields {
  @Optional() @IsId() listId?: string;
  @Optional() @IsId() campaignId?: string;
  @Optional() @Text(10, 1) defaultCountryCode?: string;
  @Optional() @IsIn(['skip', 'update']) onDuplicate?: 'skip' | 'update';
  /** JSON: column → field, `customFields.<key>`, or null. */
  @Optional() @IsString() @MaxLength(100_000) mapping?: string;
  /** Only say what would become of the file's first rows. */
  @Optional() @QueryFlag() @IsBoolean() dryRun?: boolean;
}

/**
 * What an upload asks for.
 * @param fields of the query and of the form, which are checked together
 * @throws ValidationFailed
 */
export async function importCallOf(fields: Record<string, unknown>): Promise<{ call: ImportCall; dryRun: boolean }> {
  const { dryRun = false, mapping, ...call } = await validateDto(ImportFields, fields);
  return { call: { ...call, mapping: mappingOf(mapping) }, dryRun };
}

/** @throws ValidationFailed when it is not a JSON object of strings and nulls */
function mappingOf(json: string | undefined): Mapping {
  if (json === undefined || json.trim() === '') return {};
  let mapping: unknown;
  try {
    mapping = JSON.parse(json);
  } catch {
    throw new ValidationFailed([{ field: 'mapping', message: 'is not valid JSON' }]);
  }
  if (
    typeof mapping !== 'object' ||
    mapping === null ||
    Array.isArray(mapping) ||
    Object.values(mapping).some((to) => to !== null && typeof to !== 'string')
  ) {
    throw new ValidationFailed([{ field: 'mapping', message: 'must be a JSON object of column names and fields' }]);
  }
  return mapping as Mapping;
}

export function toImportResponse(it: Import): Record<string, unknown> {
  const { rows, saved, updated, duplicate, invalid, enrolled, fileName, options } = it.progress;
  return {
    _id: it.id,
    importId: it.id,
    state: stateOf(it),
    fileName,
    listId: options.listId,
    campaignId: options.campaignId,
    rows,
    saved,
    updated,
    duplicate,
    invalid,
    ...(options.campaignId && { enrolled }),
    percent: percentOf(it),
    rowsPerSecond: rowsPerSecond(it),
    secondsLeft: secondsLeft(it),
    error: it.state === 'failed' ? it.reason : null,
    createdAt: it.createdAt,
    startedAt: it.startedAt,
    finishedAt: it.finishedAt,
  };
}

const toTargetResponse = (target: Target): string | null =>
  target.kind === 'field' ? target.field : target.kind === 'custom' ? `customFields.${target.key}` : null;

export function toPreviewResponse({ encoding, delimiter, columns, rows }: ImportPreview): Record<string, unknown> {
  const mapping = columns.map(({ column, target }) => [column, toTargetResponse(target)]);
  return { dryRun: true, encoding, delimiter, mapping: Object.fromEntries(mapping), rows };
}

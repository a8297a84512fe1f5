import type { MultipartFile } from '@fastify/multipart';
import { Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query, Req, Res } from '@nestjs/common';
import { IsBoolean, IsIn, IsString, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentWorkspace } from '../../auth';
import { ValidationFailed } from '../../platform/errors';
import { IdParam, IsId, Optional, QueryFlag, TakesUploads, Text, validateDto } from '../../platform/http';
import { IdempotencyInterceptor, idempotentCallOf } from '../../platform/idempotency';
import type { WorkspaceId } from '../../platform/ids';
import { type ImportCall, type ImportPreview, ImportsService } from '../application/imports.service';
import type { Mapping, Target } from '../domain/columns';
import { type Import, percentOf, rowsPerSecond, secondsLeft, stateOf } from '../domain/import';
import { rejectedCsv } from './rejected-csv';
import { takeUpload } from './upload';

/** What goes with the file, as form fields or in the query. */
class ImportFields {
  @Optional() @IsId() listId?: string;
  @Optional() @IsId() campaignId?: string;
  @Optional() @Text(10, 1) defaultCountryCode?: string;
  @Optional() @IsIn(['skip', 'update']) onDuplicate?: 'skip' | 'update';
  /** JSON: column → field, `customFields.<key>`, or null. */
  @Optional() @IsString() @MaxLength(100_000) mapping?: string;
  @Optional() @QueryFlag() @IsBoolean() dryRun?: boolean;
}

@Controller('api/leads/imports')
export class ImportsController {
  constructor(
    private readonly imports: ImportsService,
    private readonly idempotencyInterceptor: IdempotencyInterceptor,
  ) {}

  /**
   * Takes a CSV file in; its rows are saved in the background. With `dryRun`: what would become of its first
   * rows.
   */
  @Post()
  @TakesUploads()
  @HttpCode(HttpStatus.ACCEPTED)
  async start(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Req() request: FastifyRequest,
    @Query() query: ImportFields,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const take = ({ file }: MultipartFile) => this.imports.take(workspace, file, () => file.truncated);
    const upload = await takeUpload(request, take, (file) => this.imports.discard(file));
    let used = false;
    try {
      const fields = await validateDto(ImportFields, { ...query, ...upload.fields });
      const call: ImportCall = { ...fields, mapping: mappingOf(fields.mapping) };
      if (fields.dryRun) {
        void reply.status(HttpStatus.OK);
        return toPreviewResponse(await this.imports.preview(upload.file, call));
      }
      const start = async () => {
        const { id, progress } = await this.imports.start(workspace, upload.file, upload.fileName, call);
        // A repeated call goes on with the file that came first.
        used = progress.fileId === upload.file.fileId;
        return { importId: id };
      };
      const content = JSON.stringify([Object.entries(upload.fields).sort(), upload.file.digest]);
      const repeatable = idempotentCallOf(request, content);
      return repeatable ? await this.idempotencyInterceptor.answer(repeatable, request, reply, start) : await start();
    } finally {
      if (!used) await this.imports.discard(upload.file);
    }
  }

  @Get(':id')
  async get(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return toImportResponse(await this.imports.get(workspace, id));
  }

  /** Cancels; what was saved stays. */
  @Delete(':id')
  async cancel(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return toImportResponse(await this.imports.cancel(workspace, id));
  }

  /** The rows that were not taken, as CSV with the reasons; mended, it can be imported as it is. */
  @Get(':id/rejected')
  async rejected(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { header, rows } = await this.imports.rejectedOf(workspace, id);
    void reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="rejected-${id}.csv"`);
    return rejectedCsv(header, rows);
  }
}

/** @throws ValidationFailed when it is no JSON object of texts and nulls */
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

function toImportResponse(it: Import): Record<string, unknown> {
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

function toPreviewResponse({ encoding, delimiter, columns, rows }: ImportPreview): Record<string, unknown> {
  const mapping = columns.map(({ column, target }) => [column, toTargetResponse(target)]);
  return { dryRun: true, encoding, delimiter, mapping: Object.fromEntries(mapping), rows };
}

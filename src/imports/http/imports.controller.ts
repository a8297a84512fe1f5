import type { MultipartFile } from '@fastify/multipart';
import { Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentWorkspace } from '../../auth';
import { CUSTOM_TYPES_COLUMN } from '../../leads';
import { rejectedCsv, takeUpload } from '../../platform/csv-jobs';
import { IdParam, TakesUploads } from '../../platform/http';
import { IdempotencyInterceptor, idempotentCallOf } from '../../platform/idempotency';
import type { WorkspaceId } from '../../platform/ids';
import { ImportsService } from '../application/imports.service';
import { importCallOf, ImportFields, toImportResponse, toPreviewResponse } from './imports.dto';

/** CSV files of leads. */
@Controller('api/leads/imports')
export class ImportsController {
  constructor(
    private readonly importsService: ImportsService,
    private readonly idempotencyInterceptor: IdempotencyInterceptor,
  ) {}

  /**
   * Takes a CSV file in; its rows are saved in the background. With `dryRun` it only says what would become
   * of the first rows.
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
    const take = ({ file }: MultipartFile) => this.importsService.take(workspace, file, () => file.truncated);
    const upload = await takeUpload(request, take, (file) => this.importsService.discard(file));
    let used = false;
    try {
      const { call, dryRun } = await importCallOf({ ...query, ...upload.fields });
      if (dryRun) {
        void reply.status(HttpStatus.OK);
        return toPreviewResponse(await this.importsService.preview(upload.file, call));
      }
      const start = async () => {
        const { id, progress } = await this.importsService.start(workspace, upload, call);
        // A repeated call goes on with the file that came first.
        used = progress.fileId === upload.file.fileId;
        return { importId: id };
      };
      const content = JSON.stringify([Object.entries(upload.fields).sort(), upload.file.digest]);
      const repeatable = idempotentCallOf(request, content);
      return repeatable ? await this.idempotencyInterceptor.answer(repeatable, request, reply, start) : await start();
    } finally {
      if (!used) await this.importsService.discard(upload.file);
    }
  }

  @Get(':id')
  async get(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return toImportResponse(await this.importsService.get(workspace, id));
  }

  /** Cancels the import; what it has saved stays. */
  @Delete(':id')
  async cancel(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return toImportResponse(await this.importsService.cancel(workspace, id));
  }

  /** The rows that were rejected, as CSV with the reasons; once corrected, it can be imported as it is. */
  @Get(':id/rejected')
  async rejected(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { header, rows } = await this.importsService.rejectedOf(workspace, id);
    void reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="rejected-${id}.csv"`);
    return rejectedCsv(header, rows, CUSTOM_TYPES_COLUMN);
  }
}

import { Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentPrincipal, CurrentWorkspace, type Principal, requireScope, RequiresScope } from '../../auth';
import { CUSTOM_TYPES_COLUMN } from '../../leads';
import { answerCsv, CsvUploads, duplicatesCsv, rejectedCsv, toPreviewResponse, warningsCsv } from '../../platform/csv-jobs';
import { IdParam, TakesUploads } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { importDocument } from '../application/import-document';
import { ImportsService } from '../application/imports.service';
import { importCallOf, ImportFields } from './imports.dto';

/** CSV files of leads. */
@Controller('api/leads/imports')
export class ImportsController {
  constructor(
    private readonly importsService: ImportsService,
    private readonly csvUploads: CsvUploads,
  ) {}

  /**
   * Takes a CSV file in; its rows are saved in the background. With `dryRun` it only says what would become
   * of the first rows. To enroll the rows needs the scope `campaigns:write` too.
   */
  @Post()
  @RequiresScope('leads:write')
  @TakesUploads()
  @HttpCode(HttpStatus.ACCEPTED)
  start(
    @CurrentWorkspace() workspaceId: WorkspaceId,
    @CurrentPrincipal() principal: Principal,
    @Query() query: ImportFields,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    return this.csvUploads.answer(
      { workspaceId, reply, query },
      {
        callOf: async (fields) => {
          const call = await importCallOf(fields);
          if (call.call.campaignId) requireScope(principal, 'campaigns:write');
          return call;
        },
        preview: async (file, call) => toPreviewResponse(await this.importsService.preview(file, call)),
        start: (upload, call) => this.importsService.start(workspaceId, upload, call),
      },
    );
  }

  @Get(':id')
  @RequiresScope('leads:read')
  async get(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return importDocument(await this.importsService.get(workspace, id));
  }

  /** Cancels the import; what it has saved stays. */
  @Delete(':id')
  @RequiresScope('leads:write')
  async cancel(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return importDocument(await this.importsService.cancel(workspace, id));
  }

  /** The rows that were rejected, as CSV with the reasons; once corrected, it can be imported as it is. */
  @Get(':id/rejected')
  @RequiresScope('leads:read')
  async rejected(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const file = await this.importsService.rejectedOf(workspace, id);
    return answerCsv(reply, `rejected-${id}`, rejectedCsv(file, CUSTOM_TYPES_COLUMN));
  }

  /** What was not taken as it stood, of rows that were saved and of columns, as CSV. */
  @Get(':id/warnings')
  @RequiresScope('leads:read')
  async warnings(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return answerCsv(reply, `warnings-${id}`, warningsCsv(await this.importsService.warningsOf(workspace, id)));
  }

  /** The rows that are like leads of the list, or like rows before them, as CSV with those leads. */
  @Get(':id/duplicates')
  @RequiresScope('leads:read')
  async duplicates(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return answerCsv(reply, `duplicates-${id}`, duplicatesCsv(await this.importsService.duplicatesOf(workspace, id)));
  }
}

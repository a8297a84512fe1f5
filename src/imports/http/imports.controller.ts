import { Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentPrincipal, CurrentWorkspace, type Principal, requireScope, RequiresScope } from '../../auth';
import { CUSTOM_TYPES_COLUMN } from '../../leads';
import { answerCsv, CsvUploads, duplicatesCsv, rejectedCsv, toPreviewResponse, warningsCsv } from '../../platform/csv-jobs';
import { IdParam, pagination, PagingQuery, parsePageRequest, TakesUploads } from '../../platform/http';
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
   * @operation importLeads
   * @uploads file
   * @answers 202 200
   * @fails LIST_NOT_FOUND CAMPAIGN_NOT_FOUND WRONG_CAMPAIGN_STATUS FILE_TOO_LARGE TOO_MANY_IMPORTS
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
  ) {
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

  /**
   * The imports, newest first.
   * @operation listImports
   */
  @Get()
  @RequiresScope('leads:read')
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: PagingQuery) {
    const pageRequest = parsePageRequest(query);
    const page = await this.importsService.list(workspace, pageRequest);
    return { imports: page.items.map(importDocument), pagination: pagination(pageRequest, page) };
  }

  /**
   * How far an import is, and what came of its rows.
   * @operation getImport
   * @fails IMPORT_NOT_FOUND
   */
  @Get(':id')
  @RequiresScope('leads:read')
  async get(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return importDocument(await this.importsService.get(workspace, id));
  }

  /**
   * Cancels the import; what it has saved stays.
   * @operation cancelImport
   * @fails IMPORT_NOT_FOUND
   */
  @Delete(':id')
  @RequiresScope('leads:write')
  async cancel(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return importDocument(await this.importsService.cancel(workspace, id));
  }

  /**
   * The rows that were rejected, as CSV with the reasons; once corrected, it can be imported as it is.
   * @operation getRejectedRows
   * @produces text/csv
   * @fails IMPORT_NOT_FOUND
   */
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

  /**
   * What was not taken as it stood, of rows that were saved and of columns, as CSV.
   * @operation getImportWarnings
   * @produces text/csv
   * @fails IMPORT_NOT_FOUND
   */
  @Get(':id/warnings')
  @RequiresScope('leads:read')
  async warnings(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return answerCsv(reply, `warnings-${id}`, warningsCsv(await this.importsService.warningsOf(workspace, id)));
  }

  /**
   * The rows that are like leads of the list, or like rows before them, as CSV with those leads.
   * @operation getDuplicateRows
   * @produces text/csv
   * @fails IMPORT_NOT_FOUND
   */
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

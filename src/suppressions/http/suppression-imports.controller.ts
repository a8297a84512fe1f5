import { Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentActor, CurrentWorkspace, RequiresScope } from '../../auth';
import { answerCsv, CsvUploads, rejectedCsv, toPreviewResponse, warningsCsv } from '../../platform/csv-jobs';
import { IdParam, TakesUploads } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { suppressionImportDocument } from '../application/suppression-import-document';
import { SuppressionImportsService } from '../application/suppression-imports.service';
import { DERIVED_COLUMN } from '../domain/export-columns';
import { suppressionImportCallOf, SuppressionImportFields } from './suppression-imports.dto';

/** CSV files of people who must not be written to. */
@Controller('api/suppressions/imports')
export class SuppressionImportsController {
  constructor(
    private readonly suppressionImportsService: SuppressionImportsService,
    private readonly csvUploads: CsvUploads,
  ) {}

  /**
   * Takes a CSV file in; its rows are saved in the background, and hold from then on. With `dryRun` it only
   * says what would become of the first rows.
   * @operation importSuppressions
   * @uploads file
   * @answers 202 200
   * @fails FILE_TOO_LARGE TOO_MANY_IMPORTS
   */
  @Post()
  @RequiresScope('suppressions:write')
  @TakesUploads()
  @HttpCode(HttpStatus.ACCEPTED)
  start(
    @CurrentWorkspace() workspaceId: WorkspaceId,
    @CurrentActor() by: string,
    @Query() query: SuppressionImportFields,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.csvUploads.answer(
      { workspaceId, reply, query },
      {
        callOf: suppressionImportCallOf,
        preview: async (file, call) => toPreviewResponse(await this.suppressionImportsService.preview(file, call)),
        start: (upload, call) => this.suppressionImportsService.start(workspaceId, upload, call, by),
      },
    );
  }

  /**
   * How far an import of suppressions is.
   * @operation getSuppressionImport
   * @fails IMPORT_NOT_FOUND
   */
  @Get(':id')
  @RequiresScope('suppressions:read')
  async get(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return suppressionImportDocument(await this.suppressionImportsService.get(workspace, id));
  }

  /**
   * Cancels the import; what it has saved stays.
   * @operation cancelSuppressionImport
   * @fails IMPORT_NOT_FOUND
   */
  @Delete(':id')
  @RequiresScope('suppressions:write')
  async cancel(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return suppressionImportDocument(await this.suppressionImportsService.cancel(workspace, id));
  }

  /**
   * The rows that were rejected, as CSV with the reasons; once corrected, it can be imported as it is.
   * @operation getRejectedSuppressionRows
   * @produces text/csv
   * @fails IMPORT_NOT_FOUND
   */
  @Get(':id/rejected')
  @RequiresScope('suppressions:read')
  async rejected(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const file = await this.suppressionImportsService.rejectedOf(workspace, id);
    return answerCsv(reply, `rejected-${id}`, rejectedCsv(file, DERIVED_COLUMN));
  }

  /**
   * What was not taken as it stood, of rows that were taken, as CSV.
   * @operation getSuppressionImportWarnings
   * @produces text/csv
   * @fails IMPORT_NOT_FOUND
   */
  @Get(':id/warnings')
  @RequiresScope('suppressions:read')
  async warnings(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return answerCsv(reply, `warnings-${id}`, warningsCsv(await this.suppressionImportsService.warningsOf(workspace, id)));
  }
}

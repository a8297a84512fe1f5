import { Readable } from 'node:stream';
import { Body, Controller, Delete, Get, HttpStatus, Param, Post, Query, Res } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { FastifyReply } from 'fastify';
import { UTF8_MARK } from '#libs/spreadsheet-csv';
import { CurrentActor, CurrentWorkspace, RequiresScope } from '../../auth';
import { Clock } from '../../platform/clock';
import { ValidationFailed } from '../../platform/errors';
import { BodyLimit, IdParam, pagination, parseChangesRequest } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { suppressionDocument } from '../application/suppression-document';
import { SuppressionsService } from '../application/suppressions.service';
import { exportHeader, exportRow } from '../domain/export-columns';
import {
  type AddSuppressionsBody,
  filterOf,
  LiftQuery,
  ListSuppressionsQuery,
  readSuppressions,
  toAddedResponse,
  toLiftedResponse,
} from './suppressions.dto';

/** Ten thousand suppressions with a note each. */
const ADD_BODY_BYTES = 20_000_000;

/** Who must not be written to. */
@Controller('api/suppressions')
export class SuppressionsController {
  constructor(
    private readonly suppressions: SuppressionsService,
    private readonly clock: Clock,
  ) {}

  /**
   * The suppressions, newest first; with `updatedSince` and `cursor` those that changed, in the order of
   * their changes, with those that were lifted.
   * @operation listSuppressions
   * @fails CHANGES_NOT_SETTLED
   */
  @Get()
  @RequiresScope('suppressions:read')
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: ListSuppressionsQuery) {
    const pageRequest = parseChangesRequest(query);
    const page = await this.suppressions.list(workspace, filterOf(query), pageRequest);
    const deleted = page.deleted && { deleted: page.deleted.map(toLiftedResponse) };
    return { suppressions: page.items.map(suppressionDocument), ...deleted, pagination: pagination(pageRequest, page) };
  }

  /**
   * Adds one, or up to 10,000: 201, or 200 when none of them is new. Rows that cannot be read are named.
   * @operation addSuppressions
   * @answers 201 200
   */
  @Post()
  @RequiresScope('suppressions:write')
  @BodyLimit(ADD_BODY_BYTES)
  async add(
    @CurrentWorkspace() workspace: WorkspaceId,
    @CurrentActor() by: string,
    @Body() body: AddSuppressionsBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { suppressions, invalid } = await readSuppressions(body, { workspaceId: workspace, by, now: this.clock.now() });
    const added = await this.suppressions.add(workspace, suppressions);
    void reply.status(added.saved > 0 ? HttpStatus.CREATED : HttpStatus.OK);
    return toAddedResponse(added, invalid);
  }

  /**
   * All of the filter as CSV, streamed, newest first, safe for spreadsheets.
   * @operation exportSuppressions
   * @produces text/csv
   */
  @Get('export')
  @RequiresScope('suppressions:read')
  export(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Query() query: ListSuppressionsQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Readable {
    const paging = (['page', 'limit', 'cursor', 'includeDeleted'] as const).find((field) => query[field] !== undefined);
    if (paging) throw new ValidationFailed([{ field: paging, message: 'is not a known field: an export is always whole' }]);
    const pages = this.suppressions.export(workspace, filterOf(query));
    void reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="suppressions.csv"');
    async function* csv(): AsyncGenerator<string> {
      yield UTF8_MARK + stringify([exportHeader()]);
      for await (const page of pages) yield stringify(page.map(exportRow));
    }
    return Readable.from(csv(), { objectMode: false });
  }

  /**
   * One suppression.
   * @operation getSuppression
   * @fails SUPPRESSION_NOT_FOUND
   */
  @Get(':id')
  @RequiresScope('suppressions:read')
  async get(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return suppressionDocument(await this.suppressions.get(workspace, id));
  }

  /**
   * Lifts it, with those derived from it. A person's own wish needs `?confirm=person-asked`.
   * @operation liftSuppression
   * @fails SUPPRESSION_NOT_FOUND CONFIRMATION_NEEDED
   */
  @Delete(':id')
  @RequiresScope('suppressions:write')
  async lift(
    @CurrentWorkspace() workspace: WorkspaceId,
    @CurrentActor() by: string,
    @Param('id', IdParam) id: string,
    @Query() { confirm }: LiftQuery,
  ) {
    await this.suppressions.lift(workspace, id, { isConfirmed: confirm !== undefined, by });
    return { deletedCount: 1 };
  }
}

import { Readable } from 'node:stream';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { stringify } from 'csv-stringify/sync';
import type { FastifyReply } from 'fastify';
import { UTF8_MARK } from '#libs/spreadsheet-csv';
import { CurrentWorkspace, RequiresScope } from '../../auth';
import type { WorkspaceId } from '../../platform/ids';
import { LeadsService } from '../application/leads.service';
import { exportHeader, exportRow } from '../domain/export-columns';
import { filterOf, ListLeadsQuery, refuseParts } from './leads.dto';

@Controller('api/leads/export')
export class LeadsExportController {
  constructor(private readonly leadsService: LeadsService) {}

  /**
   * The leads as CSV, streamed, newest first: safe for spreadsheets, and to be imported again as they were.
   * @operation exportLeads
   * @produces text/csv
   * @fails LIST_NOT_FOUND
   */
  @Get()
  @RequiresScope('leads:read')
  async export(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Query() query: ListLeadsQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    refuseParts(query, 'an export');
    const { customKeys, pages } = await this.leadsService.export(workspace, filterOf(query));
    void reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="leads.csv"');
    async function* csv(): AsyncGenerator<string> {
      yield UTF8_MARK + stringify([exportHeader(customKeys)]);
      for await (const leads of pages) yield stringify(leads.map((lead) => exportRow(lead, customKeys)));
    }
    return Readable.from(csv(), { objectMode: false });
  }
}

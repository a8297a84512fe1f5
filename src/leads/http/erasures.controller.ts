import { Readable } from 'node:stream';
import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentWorkspace, RequiresScope } from '../../auth';
import { IdParam } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { ErasuresService } from '../application/erasures.service';
import { PersonExportService } from '../application/person-export.service';
import { personJson, toErasureResponse } from './erasures.dto';

/** What people may ask for: to see what is held about them, and to be forgotten. */
@Controller('api/leads')
export class ErasuresController {
  constructor(
    private readonly erasuresService: ErasuresService,
    private readonly personExportService: PersonExportService,
  ) {}

  /** How far an erasure is, and what it waits for. */
  @Get('erasures/:id')
  @RequiresScope('leads:read')
  async erasure(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return toErasureResponse(await this.erasuresService.get(workspace, id));
  }

  /** Everything held about the person as one JSON file, streamed. */
  @Get(':id/export')
  @RequiresScope('leads:read')
  async export(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    const found = await this.personExportService.of(workspace, id);
    void reply
      .header('content-type', 'application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="person-${id}.json"`);
    return Readable.from(personJson(found), { objectMode: false });
  }
}

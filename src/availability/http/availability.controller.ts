import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentWorkspace, RequiresScope } from '../../auth';
import { BodyLimit, IdParam } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { AvailabilityBatchesService } from '../application/availability-batches.service';
import { DirectChecksService } from '../application/direct-checks.service';
import {
  addressesOf,
  addressOf,
  AddressQuery,
  checkCallOf,
  LeadCheckQuery,
  leadIdOf,
  toBatchResponse,
  toJobResponse,
  toRoundRobinResponse,
} from './availability.dto';

/** A hundred thousand ids, each of 27 bytes. */
const CHECK_BODY_BYTES = 4_000_000;

/** Whether leads and addresses are on iMessage. */
@Controller('api')
export class AvailabilityController {
  constructor(
    private readonly directChecksService: DirectChecksService,
    private readonly availabilityBatchesService: AvailabilityBatchesService,
  ) {}

  /** Checks one lead and writes the outcome to it. */
  @Get('leads/check-availability')
  @RequiresScope('leads:read')
  async checkLead(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: LeadCheckQuery) {
    const { refresh = false } = query;
    return { success: true, ...(await this.directChecksService.lead(workspace, leadIdOf(query), { refresh })) };
  }

  /** Checks one raw address, or many leads: 200 with the results, or 202 where it takes longer. */
  @Post('leads/check-availability')
  @RequiresScope('leads:read')
  @BodyLimit(CHECK_BODY_BYTES)
  @HttpCode(HttpStatus.OK)
  async check(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Body() body: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { target, refresh } = await checkCallOf(body);
    if ('address' in target) {
      return { success: true, ...(await this.directChecksService.address(workspace, target.address, { refresh })) };
    }
    const answer = await this.availabilityBatchesService.check(workspace, target, { refresh });
    if ('job' in answer) void reply.status(HttpStatus.ACCEPTED);
    return toBatchResponse(answer);
  }

  @Get('check-availability')
  @RequiresScope('leads:read')
  async checkAddress(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: AddressQuery) {
    const { refresh = false } = query;
    return { success: true, ...(await this.directChecksService.address(workspace, addressOf(query), { refresh })) };
  }

  /** Checks phones in their order, then e-mails, over the lines in rotation, until one has iMessage. */
  @Post('check-availability-rr')
  @RequiresScope('leads:read')
  @HttpCode(HttpStatus.OK)
  async roundRobin(@CurrentWorkspace() workspace: WorkspaceId, @Body() body: Record<string, unknown>) {
    return toRoundRobinResponse(await this.directChecksService.anyOf(workspace, await addressesOf(body)));
  }

  @Get('leads/check-availability/jobs/:jobId')
  @RequiresScope('leads:read')
  async job(@CurrentWorkspace() workspace: WorkspaceId, @Param('jobId', IdParam) id: string) {
    return toJobResponse(await this.availabilityBatchesService.job(workspace, id));
  }

  @Delete('leads/check-availability/jobs/:jobId')
  @RequiresScope('leads:read')
  async cancel(@CurrentWorkspace() workspace: WorkspaceId, @Param('jobId', IdParam) id: string) {
    return toJobResponse(await this.availabilityBatchesService.cancel(workspace, id));
  }
}

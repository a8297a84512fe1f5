import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentWorkspace, RequiresScope } from '../../auth';
import { BodyLimit, IdParam, pagination, PagingQuery, parsePageRequest } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { AvailabilityBatchesService } from '../application/availability-batches.service';
import { batchDocument } from '../application/batch-document';
import { DirectChecksService } from '../application/direct-checks.service';
import {
  addressesOf,
  addressOf,
  AddressQuery,
  type CheckBody,
  checkCallOf,
  LeadCheckQuery,
  leadIdOf,
  type RoundRobinBody,
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

  /**
   * Checks one lead and writes the outcome to it.
   * @operation checkLeadAvailability
   * @fails LEAD_NOT_FOUND NO_ACTIVE_LINES:409 AVAILABILITY_QUOTA_EXHAUSTED DEVICES_BUSY ADDRESS_NOT_ASKABLE
   *   AVAILABILITY_UNKNOWN
   */
  @Get('leads/check-availability')
  @RequiresScope('leads:read')
  async checkLead(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: LeadCheckQuery) {
    const { refresh = false } = query;
    return { success: true, ...(await this.directChecksService.lead(workspace, leadIdOf(query), { refresh })) };
  }

  /**
   * Checks one raw address, or many leads: 200 with the results, or 202 where it takes longer.
   * @operation checkAvailability
   * @answers 200 202
   * @fails LEAD_NOT_FOUND LIST_NOT_FOUND NO_ACTIVE_LINES:409 AVAILABILITY_QUOTA_EXHAUSTED DEVICES_BUSY
   *   ADDRESS_NOT_ASKABLE AVAILABILITY_UNKNOWN
   */
  @Post('leads/check-availability')
  @RequiresScope('leads:read')
  @BodyLimit(CHECK_BODY_BYTES)
  @HttpCode(HttpStatus.OK)
  async check(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Body() body: CheckBody,
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

  /**
   * Checks one address, which no lead needs to have.
   * @operation checkAddressAvailability
   * @fails NO_ACTIVE_LINES:409 AVAILABILITY_QUOTA_EXHAUSTED DEVICES_BUSY ADDRESS_NOT_ASKABLE
   *   AVAILABILITY_UNKNOWN
   */
  @Get('check-availability')
  @RequiresScope('leads:read')
  async checkAddress(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: AddressQuery) {
    const { refresh = false } = query;
    return { success: true, ...(await this.directChecksService.address(workspace, addressOf(query), { refresh })) };
  }

  /**
   * Checks phones in their order, then e-mails, over the lines in rotation, until one has iMessage.
   * @operation checkAnyAvailability
   * @fails NO_ACTIVE_LINES:409 AVAILABILITY_QUOTA_EXHAUSTED DEVICES_BUSY ADDRESS_NOT_ASKABLE
   *   AVAILABILITY_UNKNOWN
   */
  @Post('check-availability-rr')
  @RequiresScope('leads:read')
  @HttpCode(HttpStatus.OK)
  async roundRobin(@CurrentWorkspace() workspace: WorkspaceId, @Body() body: RoundRobinBody) {
    return toRoundRobinResponse(await this.directChecksService.anyOf(workspace, await addressesOf(body)));
  }

  /**
   * The checks of many leads, newest first; when each will be over is in its own answer.
   * @operation listAvailabilityJobs
   */
  @Get('leads/check-availability/jobs')
  @RequiresScope('leads:read')
  async jobs(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: PagingQuery) {
    const pageRequest = parsePageRequest(query);
    const page = await this.availabilityBatchesService.jobs(workspace, pageRequest);
    return { jobs: page.items.map(batchDocument), pagination: pagination(pageRequest, page) };
  }

  /**
   * How far a check of many leads is.
   * @operation getAvailabilityJob
   * @fails JOB_NOT_FOUND
   */
  @Get('leads/check-availability/jobs/:jobId')
  @RequiresScope('leads:read')
  async job(@CurrentWorkspace() workspace: WorkspaceId, @Param('jobId', IdParam) id: string) {
    return toJobResponse(await this.availabilityBatchesService.job(workspace, id));
  }

  /**
   * Cancels a check of many leads; what was found out stays.
   * @operation cancelAvailabilityJob
   * @fails JOB_NOT_FOUND
   */
  @Delete('leads/check-availability/jobs/:jobId')
  @RequiresScope('leads:read')
  async cancel(@CurrentWorkspace() workspace: WorkspaceId, @Param('jobId', IdParam) id: string) {
    return toJobResponse(await this.availabilityBatchesService.cancel(workspace, id));
  }
}

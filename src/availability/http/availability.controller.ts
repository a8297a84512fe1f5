import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { normalizeAddress } from '#libs/contact-methods';
import { CurrentWorkspace } from '../../auth';
import { LeadsService } from '../../leads';
import type { BackgroundJob } from '../../platform/background';
import { Config } from '../../platform/config';
import { ValidationFailed } from '../../platform/errors';
import { IdParam } from '../../platform/http';
import { ID_PATTERN, type WorkspaceId } from '../../platform/ids';
import { AvailabilityBatchesService, type BatchProgress } from '../application/availability-batches.service';
import { CheckAvailabilityService, type CheckOptions } from '../application/check-availability.service';
import { AvailabilityUnknown, CheckQuotaExhausted } from '../domain/availability.errors';
import { AddressQuery, CheckDto, LeadCheckQuery, RoundRobinDto } from './availability.dto';

const DEFAULT_COUNTRY_CODE = '+1';

@Controller('api')
export class AvailabilityController {
  constructor(
    private readonly checkAvailabilityService: CheckAvailabilityService,
    private readonly availabilityBatchesService: AvailabilityBatchesService,
    private readonly leads: LeadsService,
    private readonly config: Config,
  ) {}

  /** Checks one lead and writes the outcome to it. */
  @Get('leads/check-availability')
  async checkLead(@CurrentWorkspace() workspace: WorkspaceId, @Query() { id, refresh }: LeadCheckQuery) {
    if (!id) throw new ValidationFailed([{ field: 'id', message: 'is missing' }], 'Lead ID is required');
    if (!ID_PATTERN.test(id)) throw new ValidationFailed([{ field: 'id', message: 'must be an id of 24 hex digits' }]);
    const lead = await this.leads.get(workspace, id.toLowerCase());
    const { status, reason } = await this.checkAvailabilityService.checkLead(lead, this.options(refresh));
    return { success: true, leadId: lead.id, available: status === 'available', status, ...(reason !== null && { reason }) };
  }

  /** One raw address, or many leads. */
  @Post('leads/check-availability')
  @HttpCode(HttpStatus.OK)
  async check(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Body() { address, leadIds, listId, refresh }: CheckDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    // An empty address counts as none, as in the public API.
    if (address) {
      const available = await this.checkRaw(workspace, address, refresh);
      return { success: true, available, address: normalizeAddress(address, DEFAULT_COUNTRY_CODE)!.value };
    }
    const answer = await this.availabilityBatchesService.check(workspace, batchOf(leadIds, listId), refresh ?? false);
    if ('job' in answer) {
      void reply.status(HttpStatus.ACCEPTED);
      const { id, progress } = answer.job;
      const message = 'Bulk availability check started in background';
      return { success: true, message, jobId: id, checked: 0, total: progress.total, processingMode: 'background' };
    }
    const errors = answer.results.filter(({ status }) => status === 'error').length;
    const checked = answer.results.length;
    return {
      success: true,
      checked,
      successful: checked - errors,
      errors,
      results: answer.results,
      processingMode: 'synchronous',
    };
  }

  @Get('check-availability')
  async checkAddress(@CurrentWorkspace() workspace: WorkspaceId, @Query() { address, refresh }: AddressQuery) {
    if (!address) throw new ValidationFailed([{ field: 'address', message: 'is missing' }]);
    const available = await this.checkRaw(workspace, address, refresh);
    return { success: true, available, address: normalizeAddress(address, DEFAULT_COUNTRY_CODE)!.value };
  }

  /** Phones in order, then e-mails, over the lines in rotation, until one has iMessage. */
  @Post('check-availability-rr')
  @HttpCode(HttpStatus.OK)
  async roundRobin(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Body() { phones, emails }: RoundRobinDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const given = [...(phones ?? []), ...(emails ?? [])].filter((text) => text.trim() !== '');
    if (given.length === 0) {
      void reply.status(HttpStatus.BAD_REQUEST);
      const reason = 'No phone or email addresses provided';
      return { available: false, reason, error: reason, code: 'VALIDATION_FAILED' };
    }
    const addresses = given.map((text) => usable(text));
    let failure: string | null = null;
    try {
      for (const address of addresses) {
        const finding = await this.checkAvailabilityService.checkAddress(workspace, address, this.options());
        if (finding.kind === 'available') return { available: true };
        if (finding.kind === 'failed') failure = finding.reason;
      }
    } catch (error) {
      if (!(error instanceof CheckQuotaExhausted)) throw error;
      void reply.status(HttpStatus.TOO_MANY_REQUESTS).header('retry-after', error.retryAfter);
      return { available: false, reason: error.message, error: error.message, code: error.code };
    }
    if (failure !== null) throw new AvailabilityUnknown(failure);
    return { available: false, reason: 'Contact not available on iMessage' };
  }

  @Get('leads/check-availability/jobs/:jobId')
  async job(@CurrentWorkspace() workspace: WorkspaceId, @Param('jobId', IdParam) id: string) {
    return toJobResponse(await this.availabilityBatchesService.job(workspace, id));
  }

  @Delete('leads/check-availability/jobs/:jobId')
  async cancel(@CurrentWorkspace() workspace: WorkspaceId, @Param('jobId', IdParam) id: string) {
    return toJobResponse(await this.availabilityBatchesService.cancel(workspace, id));
  }

  private async checkRaw(workspace: WorkspaceId, text: string, refresh?: boolean): Promise<boolean> {
    const finding = await this.checkAvailabilityService.checkAddress(workspace, usable(text), this.options(refresh));
    if (finding.kind === 'failed') throw new AvailabilityUnknown(finding.reason);
    return finding.kind === 'available';
  }

  private options(refresh = false): CheckOptions {
    return { refresh, patienceMs: this.config.AVAILABILITY_WAIT_SECONDS * 1_000 };
  }
}

/** @throws ValidationFailed for a text that is neither a phone nor an e-mail */
function usable(text: string): string {
  const address = normalizeAddress(text, DEFAULT_COUNTRY_CODE);
  if (!address) throw new ValidationFailed([{ field: 'address', message: 'must be a phone number or an e-mail address' }]);
  return address.value;
}

function batchOf(
  leadIds: unknown[] | null | undefined,
  listId: string | null | undefined,
): { leadIds: string[] } | { listId: string } {
  if (leadIds && listId) throw new ValidationFailed([{ field: 'leadIds', message: 'cannot be used together with listId' }]);
  if (listId) return { listId };
  if (!leadIds || leadIds.length === 0) {
    throw new ValidationFailed([{ field: 'address', message: 'address, leadIds or listId is required' }]);
  }
  const wrong = leadIds.findIndex((id) => typeof id !== 'string' || !ID_PATTERN.test(id));
  if (wrong >= 0) throw new ValidationFailed([{ field: `leadIds[${wrong}]`, message: 'must be an id of 24 hex digits' }]);
  return { leadIds: leadIds.map((id) => String(id).toLowerCase()) };
}

function toJobResponse({ id, state, reason, progress, createdAt, startedAt, finishedAt }: BackgroundJob<BatchProgress>) {
  const { total, checked, available, unavailable, errors, missing } = progress;
  return {
    _id: id,
    jobId: id,
    state,
    reason,
    total,
    checked,
    available,
    unavailable,
    errors,
    missing,
    percent: total === 0 ? 100 : Math.floor((checked / total) * 100),
    createdAt,
    startedAt,
    finishedAt,
  };
}

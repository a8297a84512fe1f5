import { Body, Controller, Delete, Get, HttpStatus, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentWorkspace } from '../../auth';
import { NotFound, ValidationFailed } from '../../platform/errors';
import { IdParam, pagination, parsePageRequest, validateDto } from '../../platform/http';
import { ID_PATTERN, type WorkspaceId } from '../../platform/ids';
import { LeadListsService } from '../application/lead-lists.service';
import { LeadsService } from '../application/leads.service';
import { DETAILS_SHOWN, type SaveLeadsResult, SaveLeadsService } from '../application/save-leads.service';
import { DeleteLeadsDto, filterOf, ListLeadsQuery, SaveLeadsDto, toLeadResponse, toListResponse } from './leads.dto';

@Controller('api/leads')
export class LeadsController {
  constructor(
    private readonly saveLeadsService: SaveLeadsService,
    private readonly leads: LeadsService,
    private readonly leadListsService: LeadListsService,
  ) {}

  /** Takes one or many leads in. 201, or 200 when nothing new was saved. */
  @Post()
  async save(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Body() body: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    // The rows stay out of the DTO: its generic machinery would hold the event loop for ten thousand of them.
    const { leads, body: alias, ...rest } = body;
    const rows = leads ?? alias;
    if (!Array.isArray(rows)) throw new ValidationFailed([{ field: 'leads', message: 'must be an array of leads' }]);
    const dto: SaveLeadsDto = Object.keys(rest).length === 0 ? {} : await validateDto(SaveLeadsDto, rest);
    const result = await this.saveLeadsService.save(workspace, {
      rows,
      listId: dto.listId ?? undefined,
      source: dto.source || undefined,
      defaultCountryCode: dto.defaultCountryCode ?? undefined,
      onDuplicate: dto.onDuplicate,
      onInvalid: dto.onInvalid,
    });
    void reply.status(result.savedCount > 0 ? HttpStatus.CREATED : HttpStatus.OK);
    return savedAnswer(result);
  }

  @Get()
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: ListLeadsQuery) {
    if (query.id !== undefined) return { lead: toLeadResponse(await this.leads.get(workspace, query.id)) };
    const pageRequest = parsePageRequest(query, query.updatedSince === undefined ? 'id' : 'change');
    const page = await this.leads.list(workspace, filterOf(query), pageRequest);
    const leads = page.items.map(toLeadResponse);
    if ('cursor' in pageRequest) return { leads, pagination: pagination(pageRequest, page) };
    const lists = await this.leadListsService.getMany(workspace, [...new Set(page.items.map((lead) => lead.listId))]);
    return { leads, lists: lists.map(toListResponse), pagination: pagination(pageRequest, page) };
  }

  @Get(':id')
  async get(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return toLeadResponse(await this.leads.get(workspace, id));
  }

  /** Changes given fields; `null` clears one; custom fields merge by key; `listId` moves the lead. */
  @Patch(':id')
  async change(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) id: string,
    @Body() { listId, defaultCountryCode, ...fields }: Record<string, unknown>,
  ) {
    const target = await validateDto(SaveLeadsDto, { listId, defaultCountryCode });
    if (listId === null) throw new ValidationFailed([{ field: 'listId', message: 'a lead needs a list' }]);
    const { lead, warnings } = await this.leads.change(workspace, id, {
      fields,
      listId: target.listId ?? undefined,
      defaultCountryCode: target.defaultCountryCode ?? undefined,
    });
    return { ...toLeadResponse(lead), ...(warnings.length > 0 && { warnings }) };
  }

  @Delete(':id')
  async deleteOne(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    const deletedCount = await this.leads.delete(workspace, [id]);
    if (deletedCount === 0) throw new NotFound('Lead');
    return { deletedCount };
  }

  /** Deletes those of the ids that are leads of the workspace; others are passed over. */
  @Delete()
  async deleteMany(@CurrentWorkspace() workspace: WorkspaceId, @Body() { ids }: DeleteLeadsDto) {
    const wrong = ids.findIndex((id) => !ID_PATTERN.test(id));
    if (wrong >= 0) throw new ValidationFailed([{ field: `ids[${wrong}]`, message: 'must be an id of 24 hex digits' }]);
    return {
      deletedCount: await this.leads.delete(
        workspace,
        ids.map((id) => id.toLowerCase()),
      ),
    };
  }
}

/** The answer of POST /leads: the source document's fields always, the others where they apply. */
function savedAnswer(result: SaveLeadsResult): Record<string, unknown> {
  const { savedCount, duplicateCount, totalProcessed, listId, updatedCount, invalidCount, invalid, warnings, leadIds } = result;
  const allDuplicates = duplicateCount > 0 && savedCount + updatedCount + invalidCount === 0;
  const existing = [...new Set(leadIds.filter((id) => id !== null))];
  return {
    message: allDuplicates ? 'Lead was a duplicate; existing lead ID returned.' : 'Leads saved successfully',
    savedCount,
    duplicateCount,
    totalProcessed,
    listId,
    ...(updatedCount > 0 && { updatedCount }),
    ...(invalidCount > 0 && { invalidCount, invalid: invalid.slice(0, DETAILS_SHOWN) }),
    ...(warnings.length > 0 && { warnings: warnings.slice(0, DETAILS_SHOWN) }),
    leadIds,
    ...(allDuplicates && { duplicateOnly: true, existingLeadIds: existing, leadId: existing[0] ?? null }),
  };
}

import { Body, Controller, Delete, Get, HttpStatus, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentWorkspace, RequiresScope } from '../../auth';
import { NotFound } from '../../platform/errors';
import { BodyLimit, IdParam, pagination } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { ChangeLeadsService } from '../application/change-leads.service';
import { ErasuresService } from '../application/erasures.service';
import { leadDocument } from '../application/lead-document';
import { LeadListsService } from '../application/lead-lists.service';
import { LeadsService } from '../application/leads.service';
import { SaveLeadsService } from '../application/save-leads.service';
import { LeadDetails } from '../domain/lead-details';
import { DeleteLeadQuery, toErasureResponse } from './erasures.dto';
import type { ChangeLeadBody, ChangeLeadsBody, SaveLeadsBody } from './leads.bodies';
import {
  changeCallOf,
  changeOf,
  DeleteLeadsDto,
  existingOf,
  filterOf,
  idsOf,
  ListLeadsQuery,
  pageRequestOf,
  refuseParts,
  saveCallOf,
  toChangeResponse,
  toCountResponse,
  toListResponse,
  toSaveResponse,
  toTombstoneResponse,
} from './leads.dto';

/** Ten thousand leads with all that they may have; `BODY_LIMIT_BYTES` is less, unless it is set higher. */
const SAVE_BODY_BYTES = 100_000_000;
/** A thousand leads with all that most of them have. */
const CHANGE_BODY_BYTES = 10_000_000;

/** A workspace's leads. */
@Controller('api/leads')
export class LeadsController {
  constructor(
    private readonly saveLeadsService: SaveLeadsService,
    private readonly changeLeadsService: ChangeLeadsService,
    private readonly leadsService: LeadsService,
    private readonly leadListsService: LeadListsService,
    private readonly leadDetails: LeadDetails,
    private readonly erasuresService: ErasuresService,
  ) {}

  /**
   * Saves one or many leads: 201, or 200 when none of them is new.
   * @operation saveLeads
   * @answers 201 200
   * @fails LIST_NOT_FOUND MATCHES_TWO_LEADS DUPLICATE_LEAD
   */
  @Post()
  @RequiresScope('leads:write')
  @BodyLimit(SAVE_BODY_BYTES)
  async save(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Body() body: SaveLeadsBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const call = await saveCallOf(body);
    const result = await this.saveLeadsService.save(workspace, call);
    void reply.status(result.savedCount > 0 ? HttpStatus.CREATED : HttpStatus.OK);
    const existing = await this.leadsService.getMany(workspace, existingOf(result));
    return toSaveResponse(result, { rows: call.rows, existing });
  }

  /**
   * The leads, newest first; with `updatedSince` and `cursor` those that changed, in the order of their
   * changes; with `id` one lead.
   * @operation listLeads
   * @fails LEAD_NOT_FOUND LIST_NOT_FOUND CHANGES_NOT_SETTLED
   */
  @Get()
  @RequiresScope('leads:read')
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: ListLeadsQuery) {
    if (query.id !== undefined) return { lead: leadDocument(await this.leadsService.get(workspace, query.id)) };
    const pageRequest = pageRequestOf(query);
    const page = await this.leadsService.list(workspace, filterOf(query), pageRequest);
    const leads = page.items.map(leadDocument);
    const deleted = page.deleted && { deleted: page.deleted.map(toTombstoneResponse) };
    if ('cursor' in pageRequest) return { leads, ...deleted, pagination: pagination(pageRequest, page) };
    const lists = await this.leadListsService.beside(workspace, page.items);
    return { leads, lists: lists.map(toListResponse), pagination: pagination(pageRequest, page) };
  }

  /**
   * How many leads there are, or how many a filter has. A search counts up to 10,000, and says so with
   * `countIsLowerBound`.
   * @operation countLeads
   * @fails LIST_NOT_FOUND
   */
  @Get('count')
  @RequiresScope('leads:read')
  async count(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: ListLeadsQuery) {
    refuseParts(query, 'a count');
    return toCountResponse(await this.leadsService.count(workspace, filterOf(query)));
  }

  /**
   * One lead, with what is known of it elsewhere.
   * @operation getLead
   * @fails LEAD_NOT_FOUND
   */
  @Get(':id')
  @RequiresScope('leads:read')
  async get(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    const lead = await this.leadsService.get(workspace, id);
    return { ...leadDocument(lead), ...(await this.leadDetails.of(workspace, lead)) };
  }

  /**
   * Changes many leads, each as one is changed.
   * @operation changeLeads
   * @fails LIST_NOT_FOUND
   */
  @Patch()
  @RequiresScope('leads:write')
  @BodyLimit(CHANGE_BODY_BYTES)
  async changeMany(@CurrentWorkspace() workspace: WorkspaceId, @Body() body: ChangeLeadsBody) {
    return toChangeResponse(await this.changeLeadsService.change(workspace, await changeCallOf(body)));
  }

  /**
   * Changes given fields; `null` clears one; custom fields merge by key; `listId` moves the lead.
   * @operation changeLead
   * @fails LEAD_NOT_FOUND LIST_NOT_FOUND DUPLICATE_LEAD
   */
  @Patch(':id')
  @RequiresScope('leads:write')
  async change(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string, @Body() body: ChangeLeadBody) {
    const { lead, warnings } = await this.leadsService.change(workspace, id, await changeOf(body));
    return { ...leadDocument(lead), ...(warnings.length > 0 && { warnings }) };
  }

  /**
   * Deletes a lead. With `erase=true` the person is erased wherever something is kept about them, in the
   * background.
   * @operation deleteLead
   * @answers 200 202
   * @fails LEAD_NOT_FOUND
   */
  @Delete(':id')
  @RequiresScope('leads:write')
  async deleteOne(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) id: string,
    @Query() { erase }: DeleteLeadQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    if (erase) {
      const { _id: _, ...erasure } = toErasureResponse(await this.erasuresService.start(workspace, id));
      void reply.status(HttpStatus.ACCEPTED);
      return { success: true, ...erasure };
    }
    const deletedCount = await this.leadsService.delete(workspace, [id]);
    if (deletedCount === 0) throw new NotFound('Lead');
    return { deletedCount };
  }

  /**
   * Deletes those of the ids that are leads of the workspace, and ignores the others.
   * @operation deleteLeads
   */
  @Delete()
  @RequiresScope('leads:write')
  async deleteMany(@CurrentWorkspace() workspace: WorkspaceId, @Body() body: DeleteLeadsDto) {
    return { deletedCount: await this.leadsService.delete(workspace, idsOf(body)) };
  }
}

import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { IsBoolean } from 'class-validator';
import { CurrentWorkspace, RequiresScope } from '../../auth';
import { IdParam, Optional, pagination, PagingQuery, parsePageRequest, QueryFlag } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { leadDocument } from '../application/lead-document';
import { LeadListsService } from '../application/lead-lists.service';
import { LeadsService } from '../application/leads.service';
import {
  ChangeListDto,
  CreateListDto,
  filterOf,
  ListMembersQuery,
  pageRequestOf,
  toListResponse,
  toTombstoneResponse,
} from './leads.dto';

class DeleteListQuery {
  @Optional() @QueryFlag() @IsBoolean() deleteLeads?: boolean;
}

@Controller('api/lists')
export class ListsController {
  constructor(
    private readonly leadListsService: LeadListsService,
    private readonly leadsService: LeadsService,
  ) {}

  /**
   * The lists, newest first.
   * @operation listLists
   */
  @Get()
  @RequiresScope('leads:read')
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: PagingQuery) {
    const pageRequest = parsePageRequest(query);
    const page = await this.leadListsService.list(workspace, pageRequest);
    return { lists: page.items.map(toListResponse), pagination: pagination(pageRequest, page) };
  }

  /**
   * Makes a list.
   * @operation createList
   * @fails TOO_MANY_LISTS
   */
  @Post()
  @RequiresScope('leads:write')
  async create(@CurrentWorkspace() workspace: WorkspaceId, @Body() { name, description }: CreateListDto) {
    return toListResponse(await this.leadListsService.create(workspace, name, description || null));
  }

  /**
   * One list.
   * @operation getList
   * @fails LIST_NOT_FOUND
   */
  @Get(':id')
  @RequiresScope('leads:read')
  async get(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return toListResponse(await this.leadListsService.get(workspace, id));
  }

  /**
   * The leads of a list, newest first; with `updatedSince` and `cursor` those that changed, in the order of
   * their changes.
   * @operation listMembers
   * @fails LIST_NOT_FOUND CHANGES_NOT_SETTLED
   */
  @Get(':id/leads')
  @RequiresScope('leads:read')
  async members(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) listId: string,
    @Query() query: ListMembersQuery,
  ) {
    const pageRequest = pageRequestOf(query);
    const page = await this.leadsService.list(workspace, { ...filterOf(query), listId }, pageRequest);
    const deleted = page.deleted && { deleted: page.deleted.map(toTombstoneResponse) };
    return { leads: page.items.map(leadDocument), ...deleted, pagination: pagination(pageRequest, page) };
  }

  /**
   * Changes the fields that are given.
   * @operation changeList
   * @fails LIST_NOT_FOUND
   */
  @Patch(':id')
  @RequiresScope('leads:write')
  async change(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string, @Body() change: ChangeListDto) {
    return toListResponse(await this.leadListsService.change(workspace, id, change));
  }

  /**
   * Deletes a list at once; its leads go in the background.
   * @operation deleteList
   * @fails LIST_NOT_FOUND LIST_HAS_LEADS LIST_IN_USE
   */
  @Delete(':id')
  @RequiresScope('leads:write')
  async delete(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) id: string,
    @Query() { deleteLeads }: DeleteListQuery,
  ) {
    return {
      deletedCount: 1,
      leadCount: await this.leadListsService.delete(workspace, id, { deleteLeads: deleteLeads ?? false }),
    };
  }
}

import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { IsBoolean } from 'class-validator';
import { CurrentWorkspace, RequiresScope } from '../../auth';
import { IdParam, Optional, pagination, PagingQuery, parsePageRequest, QueryFlag } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { LeadListsService } from '../application/lead-lists.service';
import { ChangeListDto, CreateListDto, toListResponse } from './leads.dto';

class DeleteListQuery {
  @Optional() @QueryFlag() @IsBoolean() deleteLeads?: boolean;
}

@Controller('api/lists')
export class ListsController {
  constructor(private readonly leadListsService: LeadListsService) {}

  @Get()
  @RequiresScope('leads:read')
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: PagingQuery) {
    const pageRequest = parsePageRequest(query);
    const page = await this.leadListsService.list(workspace, pageRequest);
    return { lists: page.items.map(toListResponse), pagination: pagination(pageRequest, page) };
  }

  @Post()
  @RequiresScope('leads:write')
  async create(@CurrentWorkspace() workspace: WorkspaceId, @Body() { name, description }: CreateListDto) {
    return toListResponse(await this.leadListsService.create(workspace, name, description || null));
  }

  @Get(':id')
  @RequiresScope('leads:read')
  async get(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return toListResponse(await this.leadListsService.get(workspace, id));
  }

  @Patch(':id')
  @RequiresScope('leads:write')
  async change(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string, @Body() change: ChangeListDto) {
    return toListResponse(await this.leadListsService.change(workspace, id, change));
  }

  /** Gone at once; its leads go in the background. */
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

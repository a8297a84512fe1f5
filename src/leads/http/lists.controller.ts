import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { IsBoolean } from 'class-validator';
import { CurrentWorkspace } from '../../auth';
import { IdParam, Maybe, pagination, PagingQuery, placeOf, QueryFlag } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { LeadListsService } from '../application/lead-lists.service';
import { ChangeListDto, CreateListDto, shownList } from './leads.dto';

class DeleteListQuery {
  @Maybe() @QueryFlag() @IsBoolean() deleteLeads?: boolean;
}

@Controller('api/lists')
export class ListsController {
  constructor(private readonly lists: LeadListsService) {}

  @Get()
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: PagingQuery) {
    const place = placeOf(query);
    const page = await this.lists.list(workspace, place);
    return { lists: page.items.map(shownList), pagination: pagination(place, page) };
  }

  @Post()
  async create(@CurrentWorkspace() workspace: WorkspaceId, @Body() { name, description }: CreateListDto) {
    return shownList(await this.lists.create(workspace, name, description || null));
  }

  @Get(':id')
  async get(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return shownList(await this.lists.get(workspace, id));
  }

  @Patch(':id')
  async change(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string, @Body() change: ChangeListDto) {
    return shownList(await this.lists.change(workspace, id, change));
  }

  /** Gone at once; its leads go in the background. */
  @Delete(':id')
  async delete(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) id: string,
    @Query() { deleteLeads }: DeleteListQuery,
  ) {
    return { deletedCount: 1, leadCount: await this.lists.delete(workspace, id, deleteLeads ?? false) };
  }
}

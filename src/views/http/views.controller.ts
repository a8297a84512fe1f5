import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { actorOf, CurrentPrincipal, type Principal } from '../../auth';
import { AnyCaller, IdParam } from '../../platform/http';
import { ViewsService } from '../application/views.service';
import { NewViewDto, toViewResponse, ViewDto, ViewsQuery } from './views.dto';

/** Saved views of tables. What the caller needs depends on the table, and is asked for in the service. */
@Controller('api/views')
export class ViewsController {
  constructor(private readonly viewsService: ViewsService) {}

  /**
   * The caller's own views and those that the workspace shares, of the tables that the caller may read; the
   * caller's own first, each oldest first.
   * @operation listViews
   * @fails MISSING_SCOPE
   */
  @Get()
  @AnyCaller()
  async list(@CurrentPrincipal() caller: Principal, @Query() { table }: ViewsQuery) {
    const views = await this.viewsService.list(caller, table ?? null);
    return { views: views.map((view) => toViewResponse(view, actorOf(caller))) };
  }

  /**
   * Saves a view, for the caller alone or for everybody in the workspace.
   * @operation createView
   * @fails MISSING_SCOPE TOO_MANY_VIEWS
   */
  @Post()
  @AnyCaller()
  async create(
    @CurrentPrincipal() caller: Principal,
    @Body() { table, name, shared = false, filters = {}, columns = null }: NewViewDto,
  ) {
    const view = await this.viewsService.create(caller, { table, name, shared, filters, columns });
    return toViewResponse(view, actorOf(caller));
  }

  /**
   * Changes the fields that are given.
   * @operation changeView
   * @fails MISSING_SCOPE NOT_THE_OWNER VIEW_NOT_FOUND TOO_MANY_VIEWS
   */
  @Patch(':id')
  @AnyCaller()
  async change(@CurrentPrincipal() caller: Principal, @Param('id', IdParam) id: string, @Body() change: ViewDto) {
    const { name, shared, filters, columns } = change;
    const view = await this.viewsService.change(caller, id, { name, shared, filters, columns });
    return toViewResponse(view, actorOf(caller));
  }

  /**
   * Deletes a view.
   * @operation deleteView
   * @fails MISSING_SCOPE VIEW_NOT_FOUND
   */
  @Delete(':id')
  @AnyCaller()
  async remove(@CurrentPrincipal() caller: Principal, @Param('id', IdParam) id: string) {
    await this.viewsService.remove(caller, id);
    return { deletedCount: 1 };
  }
}

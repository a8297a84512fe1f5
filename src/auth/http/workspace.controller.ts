import { Body, Controller, Get, Patch } from '@nestjs/common';
import type { WorkspaceId } from '../../platform/ids';
import { WorkspacesService } from '../application/workspaces.service';
import { AdminOrKey, CurrentWorkspace } from '../principal.decorators';
import { toWorkspaceResponse, WorkspaceDto } from './workspace.dto';

/** The caller's own workspace; there is no other for it. */
@Controller('api/workspace')
export class WorkspaceController {
  constructor(private readonly workspacesService: WorkspacesService) {}

  @Get()
  async get(@CurrentWorkspace() workspace: WorkspaceId) {
    return toWorkspaceResponse(await this.workspacesService.get(workspace));
  }

  @Patch()
  @AdminOrKey()
  async change(@CurrentWorkspace() workspace: WorkspaceId, @Body() settings: WorkspaceDto) {
    return toWorkspaceResponse(await this.workspacesService.change(workspace, settings));
  }
}

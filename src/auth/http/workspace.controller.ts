import { Body, Controller, Get, Patch } from '@nestjs/common';
import { AnyCaller } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { WorkspacesService } from '../application/workspaces.service';
import { CurrentWorkspace } from '../principal.decorators';
import { RequiresScope } from '../requires-scope.decorator';
import { toWorkspaceResponse, WorkspaceDto } from './workspace.dto';

/** The caller's own workspace; there is no other for it. */
@Controller('api/workspace')
export class WorkspaceController {
  constructor(private readonly workspacesService: WorkspacesService) {}

  @Get()
  @AnyCaller()
  async get(@CurrentWorkspace() workspace: WorkspaceId) {
    return toWorkspaceResponse(await this.workspacesService.get(workspace));
  }

  @Patch()
  @RequiresScope('settings:manage')
  async change(@CurrentWorkspace() workspace: WorkspaceId, @Body() settings: WorkspaceDto) {
    return toWorkspaceResponse(await this.workspacesService.change(workspace, settings));
  }
}

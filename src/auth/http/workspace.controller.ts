import { Body, Controller, Get, Patch } from '@nestjs/common';
import { Config } from '../../platform/config';
import { AnyCaller } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { WorkspacesService } from '../application/workspaces.service';
import type { Workspace } from '../domain/workspace';
import { CurrentWorkspace } from '../principal.decorators';
import { RequiresScope } from '../requires-scope.decorator';
import { toWorkspaceResponse, WorkspaceDto } from './workspace.dto';

/** The caller's own workspace; there is no other for it. */
@Controller('api/workspace')
export class WorkspaceController {
  constructor(
    private readonly workspacesService: WorkspacesService,
    private readonly config: Config,
  ) {}

  /**
   * The settings of the workspace.
   * @operation getWorkspace
   */
  @Get()
  @AnyCaller()
  async get(@CurrentWorkspace() workspace: WorkspaceId) {
    return this.shown(await this.workspacesService.get(workspace));
  }

  /**
   * Changes the settings that are given.
   * @operation changeWorkspace
   * @fails ADMIN_SESSION_REQUIRED
   */
  @Patch()
  @RequiresScope('settings:manage')
  async change(@CurrentWorkspace() workspace: WorkspaceId, @Body() settings: WorkspaceDto) {
    return this.shown(await this.workspacesService.change(workspace, settings));
  }

  private shown(workspace: Workspace) {
    return toWorkspaceResponse(workspace, this.config.RATE_LIMIT_PER_MINUTE);
  }
}

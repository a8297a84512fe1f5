import { Body, Controller, Get, Patch } from '@nestjs/common';
import { IsBoolean } from 'class-validator';
import { Optional } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { WorkspacesService } from '../application/workspaces.service';
import type { Workspace, WorkspaceSettings } from '../domain/workspace';
import { AdminOrKey, CurrentWorkspace } from '../principal.decorators';

class WorkspaceDto implements Partial<WorkspaceSettings> {
  /** Whether new leads are checked for iMessage by themselves. */
  @Optional() @IsBoolean() autoCheckAvailability?: boolean;
}

/** The caller's own workspace; there is no other for it. */
@Controller('api/workspace')
export class WorkspaceController {
  constructor(private readonly workspaces: WorkspacesService) {}

  @Get()
  async get(@CurrentWorkspace() workspace: WorkspaceId) {
    return shown(await this.workspaces.get(workspace));
  }

  @Patch()
  @AdminOrKey()
  async change(@CurrentWorkspace() workspace: WorkspaceId, @Body() settings: WorkspaceDto) {
    return shown(await this.workspaces.change(workspace, settings));
  }
}

const shown = ({ id, ...workspace }: Workspace) => ({ _id: id, ...workspace });

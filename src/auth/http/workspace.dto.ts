import { IsBoolean } from 'class-validator';
import { Optional } from '../../platform/http';
import type { Workspace, WorkspaceSettings } from '../domain/workspace';

export class WorkspaceDto implements Partial<WorkspaceSettings> {
  /** Whether new leads are checked for iMessage without being asked. */
  @Optional() @IsBoolean() autoCheckAvailability?: boolean;
}

export const toWorkspaceResponse = ({ id, ...workspace }: Workspace) => ({ _id: id, ...workspace });

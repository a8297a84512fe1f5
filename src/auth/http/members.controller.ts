import { Controller, Get, Query } from '@nestjs/common';
import { pagination, PagingQuery, parsePageRequest } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { MembersService } from '../application/members.service';
import type { Member } from '../domain/member';
import { CurrentWorkspace } from '../principal.decorators';
import { RequiresScope } from '../requires-scope.decorator';

/** Who works with the workspace. */
@Controller('api/workspace/members')
export class MembersController {
  constructor(private readonly membersService: MembersService) {}

  /**
   * Who works with the workspace, and in which role; who joined first comes first. `managedAt` is where
   * members are added, changed and removed, `null` where nobody manages them.
   * @operation listWorkspaceMembers
   * @fails ADMIN_SESSION_REQUIRED MEMBERS_UNAVAILABLE MEMBERS_NOT_CONFIGURED
   */
  @Get()
  @RequiresScope('settings:manage')
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: PagingQuery) {
    const pageRequest = parsePageRequest(query, 'place');
    const page = await this.membersService.list(workspace, pageRequest);
    const { managedAt } = this.membersService;
    return { members: page.items.map(toMemberResponse), managedAt, pagination: pagination(pageRequest, page) };
  }
}

const toMemberResponse = ({ userId, name, email, role, joinedAt, lastActiveAt }: Member) => ({
  userId,
  name,
  email,
  role,
  joinedAt,
  lastActiveAt,
});

import { Injectable } from '@nestjs/common';
import { Clock, TtlCache } from '../../platform/clock';
import { NotFound } from '../../platform/errors';
import type { WorkspaceId } from '../../platform/ids';
import type { Page, PageRequest } from '../../platform/paging';
import { type Member, type MemberPage, type MemberRange, Members } from '../domain/member';
import { Workspaces } from '../domain/workspace';

/** Clerk takes a limited number of questions, and members seldom change. */
const MEMBERS_TTL_MS = 30_000;

/** Who works with a workspace. */
@Injectable()
export class MembersService {
  private readonly cache: TtlCache<MemberPage>;

  constructor(
    private readonly members: Members,
    private readonly workspaces: Workspaces,
    clock: Clock,
  ) {
    this.cache = new TtlCache(clock, MEMBERS_TTL_MS);
  }

  get managedAt(): string | null {
    return this.members.managedAt;
  }

  /** @throws NotFound, MembersNotConfigured, MembersUnavailable */
  async list(workspaceId: WorkspaceId, pageRequest: PageRequest): Promise<Page<Member>> {
    const range = rangeOf(pageRequest);
    const { items, totalCount } = await this.cache.get(`${workspaceId} ${range.offset} ${range.limit}`, async () => {
      const workspace = await this.workspaces.find(workspaceId);
      if (!workspace) throw new NotFound('Workspace');
      return this.members.list(workspace, range);
    });
    if ('page' in pageRequest) return { items, totalCount };
    const next = range.offset + range.limit;
    return { items, nextCursor: next < totalCount ? String(next) : null };
  }
}

/** A cursor is a place in the list, as Clerk's is. */
function rangeOf(pageRequest: PageRequest): MemberRange {
  const { limit } = pageRequest;
  if ('page' in pageRequest) return { offset: (pageRequest.page - 1) * limit, limit };
  return { offset: Number(pageRequest.cursor ?? 0), limit };
}

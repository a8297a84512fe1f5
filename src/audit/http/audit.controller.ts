import { Controller, Get, Query } from '@nestjs/common';
import { CurrentWorkspace, RequiresScope } from '../../auth';
import { IsInstant, Optional, pagination, PagingQuery, parsePageRequest, Word } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { AuditService } from '../application/audit.service';
import type { AuditEntry } from '../domain/audit-entry';

class ListAuditQuery extends PagingQuery {
  /** Such as `campaign.launched`. */
  @Optional() @Word(100) action?: string;
  /** `key:<id>`, `user:<id>`, `operator` or `system`. */
  @Optional() @Word(200) actor?: string;
  /** Acts of this moment or later. */
  @Optional() @IsInstant() since?: string;
}

/** Who did what. */
@Controller('api/audit')
export class AuditController {
  constructor(private readonly auditService: AuditService) {}

  /**
   * Who did what in the workspace, newest first, of the last year.
   * @operation listAuditEntries
   */
  @Get()
  @RequiresScope('audit:read')
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: ListAuditQuery) {
    const { action, actor, since } = query;
    const pageRequest = parsePageRequest(query);
    const page = await this.auditService.list(
      workspace,
      { action, actor, since: since ? new Date(since) : undefined },
      pageRequest,
    );
    return { entries: page.items.map(toEntryResponse), pagination: pagination(pageRequest, page) };
  }
}

/** @schema AuditEntry */
const toEntryResponse = ({ id, workspaceId: _, ...entry }: AuditEntry) => ({ _id: id, ...entry });

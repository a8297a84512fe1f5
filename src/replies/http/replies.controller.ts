import { Controller, Get, Query } from '@nestjs/common';
import { DEFAULT_COUNTRY_CODE, normalizeAddress } from '#libs/contact-methods';
import { CurrentWorkspace } from '../../auth';
import { ValidationFailed } from '../../platform/errors';
import { IsId, Optional, pagination, PagingQuery, parsePageRequest, Text } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { RepliesService } from '../application/replies.service';
import type { Reply } from '../domain/reply';

class ListRepliesQuery extends PagingQuery {
  @Optional() @IsId() leadId?: string;
  @Optional() @Text(320) recipientEmail?: string;
  @Optional() @Text(100) recipientPhone?: string;
}

@Controller('api/replies')
export class RepliesController {
  constructor(private readonly replies: RepliesService) {}

  /** Inbound messages, newest first. */
  @Get()
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: ListRepliesQuery) {
    const pageRequest = parsePageRequest(query);
    const filter = { leadId: query.leadId, address: addressOf(query) };
    const page = await this.replies.list(workspace, filter, pageRequest);
    return { replies: page.items.map(toReplyResponse), pagination: pagination(pageRequest, page) };
  }
}

function addressOf({ recipientPhone, recipientEmail }: ListRepliesQuery): string | undefined {
  const [field, given] = recipientPhone !== undefined ? ['recipientPhone', recipientPhone] : ['recipientEmail', recipientEmail];
  if (given === undefined) return undefined;
  const address = normalizeAddress(given, DEFAULT_COUNTRY_CODE);
  if (!address)
    throw new ValidationFailed([{ field: field, message: 'must be a phone number or an e-mail address that can be read' }]);
  return address.value;
}

const toReplyResponse = ({ id, text, address, leadIds, lineId, channel, receivedAt }: Reply) => ({
  messageId: id,
  message: text,
  respondedAtUtc: receivedAt,
  leadId: leadIds[0] ?? null,
  leadIds,
  lineId,
  messageType: channel,
  recipientPhone: address.includes('@') ? null : address,
  recipientEmail: address.includes('@') ? address : null,
});

import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { IsBoolean, IsIn } from 'class-validator';
import { DEFAULT_COUNTRY_CODE, normalizeAddress } from '#libs/contact-methods';
import { CurrentWorkspace, RequiresScope } from '../../auth';
import { ValidationFailed } from '../../platform/errors';
import { IdParam, IsId, Optional, pagination, PagingQuery, parsePageRequest, QueryFlag, Word } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { ConversationsService } from '../application/conversations.service';
import { RepliesService } from '../application/replies.service';
import { replyDocument } from '../application/reply-document';
import { ReviewsService } from '../application/reviews.service';
import { REPLY_KINDS, type ReplyKind } from '../domain/reply';

class ListRepliesQuery extends PagingQuery {
  @Optional() @IsId() leadId?: string;
  @Optional() @IsId() campaignId?: string;
  /** The message that was answered. */
  @Optional() @IsId() messageId?: string;
  @Optional() @Word(320) recipientEmail?: string;
  @Optional() @Word(100) recipientPhone?: string;
  /** What the reply says about being written to. */
  @Optional() @IsIn(REPLY_KINDS) kind?: ReplyKind;
  /** `true`: replies under review on which nobody has decided. */
  @Optional() @QueryFlag() @IsBoolean() needsReview?: boolean;
}

class ReviewDto {
  /** `opt_out`: the person does not want to be written to; `reply`: an ordinary answer. */
  @IsIn(['opt_out', 'reply']) as: 'opt_out' | 'reply';
}

@Controller('api/replies')
export class RepliesController {
  constructor(
    private readonly replies: RepliesService,
    private readonly reviews: ReviewsService,
    private readonly conversations: ConversationsService,
  ) {}

  /** Inbound messages, newest first. */
  @Get()
  @RequiresScope('messages:read')
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: ListRepliesQuery) {
    const pageRequest = parsePageRequest(query);
    const { leadId, campaignId, messageId, kind, needsReview } = query;
    const filter = { leadId, address: addressOf(query), campaignId, messageId, kind, needsReview };
    const page = await this.replies.list(workspace, filter, pageRequest);
    const replies = await this.conversations.around(workspace, page.items);
    return { replies: replies.map(replyDocument), pagination: pagination(pageRequest, page) };
  }

  /** Decides on a reply under review; what is held for the person goes on, or is cancelled. */
  @Post(':id/review')
  @RequiresScope('suppressions:write')
  @HttpCode(HttpStatus.OK)
  async review(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string, @Body() { as }: ReviewDto) {
    const [reply] = await this.conversations.around(workspace, [await this.reviews.decide(workspace, id, as)]);
    return replyDocument(reply!);
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

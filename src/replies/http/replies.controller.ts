import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { IsBoolean, IsIn } from 'class-validator';
import { DEFAULT_COUNTRY_CODE, normalizeAddress } from '#libs/contact-methods';
import { CurrentWorkspace, RequiresScope } from '../../auth';
import { ValidationFailed } from '../../platform/errors';
import { ChangesQuery, IdParam, IsId, Optional, pagination, parseChangesRequest, QueryFlag, Word } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { ConversationsService } from '../application/conversations.service';
import { RepliesService } from '../application/replies.service';
import { replyDocument } from '../application/reply-document';
import { ReviewsService } from '../application/reviews.service';
import { REPLY_KINDS, type ReplyKind } from '../domain/reply';

class ListRepliesQuery extends ChangesQuery {
  @Optional() @IsId() leadId?: string;
  /** Of the lead, in the system that it comes from. */
  @Optional() @Word(200) externalId?: string;
  @Optional() @IsId() campaignId?: string;
  /** Where the reply came in. */
  @Optional() @IsId() lineId?: string;
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

  /**
   * Inbound messages, newest first; with `updatedSince` and `cursor` those that changed, in the order of
   * their changes.
   * @operation listReplies
   * @fails LEAD_NOT_FOUND CHANGES_NOT_SETTLED
   */
  @Get()
  @RequiresScope('messages:read')
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: ListRepliesQuery) {
    const pageRequest = parseChangesRequest(query);
    const { leadId, externalId, campaignId, lineId, messageId, kind, needsReview } = query;
    const about = { leadId, externalId, address: addressOf(query), campaignId, lineId, messageId };
    const since = query.updatedSince === undefined ? {} : { updatedSince: new Date(query.updatedSince) };
    const filter = { ...about, kind, needsReview, ...since };
    const page = await this.replies.list(workspace, filter, pageRequest);
    const replies = await this.conversations.around(workspace, page.items);
    return { replies: replies.map(replyDocument), pagination: pagination(pageRequest, page) };
  }

  /**
   * Decides on a reply under review; what is held for the person goes on, or is cancelled.
   * @operation reviewReply
   * @fails REPLY_NOT_FOUND NOT_UNDER_REVIEW
   */
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

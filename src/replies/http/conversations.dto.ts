import { IsBoolean, IsString, Matches, MaxLength } from 'class-validator';
import { MAX_HTML_LENGTH, MAX_SUBJECT_LENGTH, MAX_TEMPLATE_LENGTH, messageDocument } from '../../messages';
import {
  IsId,
  IsInstant,
  Optional,
  OptionalNullable,
  PagingQuery,
  QueryFlag,
  QueryNumber,
  Text,
  Word,
} from '../../platform/http';
import type { Entry, ShownConversation, Thread } from '../application/inbox.service';
import { toFileResponse } from '../application/reply-document';
import type { Reply } from '../domain/reply';

export class ListConversationsQuery extends PagingQuery {
  /** `true`: those with replies that nobody has read. */
  @Optional() @QueryFlag() @IsBoolean() unread?: boolean;
  /** `true`: those in which a reply is under review. */
  @Optional() @QueryFlag() @IsBoolean() needsReview?: boolean;
  /** A user of the dashboard; `none`: those that nobody looks after. */
  @Optional() @Word(200) assignedTo?: string;
  @Optional() @IsId() leadId?: string;
}

export class ThreadQuery {
  /** What was written before that time, as `nextBefore` has it. */
  @Optional() @IsInstant() before?: string;
  @Optional() @QueryNumber(1, 100) limit?: number;
}

export class ChangeConversationDto {
  /** `true`: all of it is read; `false`: the last reply is not. */
  @Optional() @IsBoolean() read?: boolean;
  /** A user of the dashboard; `null`: nobody. */
  @OptionalNullable() @Text(200, 1) assignedTo?: string | null;
}

export class AnswerDto {
  @IsString() @MaxLength(MAX_TEMPLATE_LENGTH) @Matches(/\S/, { message: '$property must not be empty' }) message: string;
  /** Of an e-mail. Without one the answer goes on with the conversation. */
  @OptionalNullable() @IsString() @MaxLength(MAX_SUBJECT_LENGTH) subject?: string | null;
  /** Of an e-mail, the text as HTML. */
  @OptionalNullable() @IsString() @MaxLength(MAX_HTML_LENGTH) html?: string | null;
}

/** @schema ConversationReply */
const toReplyResponse = ({ id, text, channel, address, lineId, kind, reviewedAs, campaignId, files, receivedAt }: Reply) => ({
  messageId: id,
  message: text,
  messageType: channel,
  recipientPhone: address.includes('@') ? null : address,
  recipientEmail: address.includes('@') ? address : null,
  lineId,
  kind,
  reviewedAs,
  campaignId,
  files: files.map(toFileResponse),
  respondedAtUtc: receivedAt,
});

/** @schema Conversation */
export function toConversationResponse({ conversation, lead, needsReview }: ShownConversation) {
  const { id, last, unread, assignedTo } = conversation;
  return {
    _id: id,
    leadId: lead?.id ?? null,
    name: [lead?.firstName, lead?.lastName].filter(Boolean).join(' ') || null,
    companyName: lead?.companyName ?? null,
    unread,
    needsReview,
    assignedTo,
    lastReply: toReplyResponse(last),
  };
}

/** What one of the two wrote: of the two, the other is `null`. @schema ConversationEntry */
const toEntryResponse = (entry: Entry) => ({
  kind: entry.kind,
  at: entry.at,
  reply: entry.kind === 'reply' ? toReplyResponse(entry.reply) : null,
  message: entry.kind === 'message' ? messageDocument(entry.message) : null,
});

/** @schema ConversationThread */
export const toThreadResponse = ({ entries, notSent, nextBefore, ...shown }: Thread) => ({
  conversation: toConversationResponse(shown),
  entries: entries.map(toEntryResponse),
  notSent: notSent.map(messageDocument),
  nextBefore,
});

import type { WindowSettings } from '#libs/send-window';
import type { ChannelName } from '../../channels/domain';
import type { CrmIds } from '../../platform/crm-ids';
import type { WorkspaceId } from '../../platform/ids';
import type { Attachment } from './attachments';
import type { Attempt } from './attempt';
import type { MoreContent } from './content';

/** Ids of a direct send in GoHighLevel and HubSpot. */
export type MessageCrmIds = CrmIds & { ghlConversationMessageId: string | null };

export const MESSAGE_STATUSES = [
  'scheduled',
  'queued',
  'pending',
  'sending',
  'sent',
  'delivered',
  'fallback',
  'failed',
  'cancelled',
] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** Not handed over yet; can still be stopped. */
export const WAITING: readonly MessageStatus[] = ['scheduled', 'queued', 'pending'];

export type CancelReason =
  | 'replied'
  | 'opted_out'
  | 'cancelled'
  | 'lead_deleted'
  | 'archived'
  | 'step_removed'
  | 'previous_step_failed'
  | 'duplicate_recipient'
  | 'answered_before'
  | 'too_late';

const ABOUT_THE_PERSON: readonly CancelReason[] = ['replied', 'opted_out', 'cancelled', 'lead_deleted', 'archived'];

/** Is the stop about a person, and not about a step? Then it also holds for what is handed over already. */
export const isAboutThePerson = (reason: CancelReason): boolean => ABOUT_THE_PERSON.includes(reason);

/**
 * `help` and `confirmation` are answers of the product's own, to HELP and to an opt-out: they go to whoever
 * wrote, also to somebody who opted out, at any hour, and soon or not at all (docs/consent.md).
 */
export type MessageKind = 'ordinary' | 'help' | 'confirmation';

/** An answer of the product's own that is later than this is no answer any more. */
const ANSWER_WITHIN_MS = 5 * 60_000;

/** Is it an answer of the product's own? */
export const isAnswer = ({ kind }: Pick<Message, 'kind'>): boolean => kind !== 'ordinary';

/** Answers that were made before this are too late. */
export const oldestAnswer = (now: Date): Date => new Date(now.getTime() - ANSWER_WITHIN_MS);

/** Is it an answer that came to nothing in time? */
export const isLateAnswer = (message: Pick<Message, 'kind' | 'createdAt'>, now: Date): boolean =>
  isAnswer(message) && message.createdAt < oldestAnswer(now);

/** Why a gate put a message aside until `notBefore`, where that cannot be told from anything else. */
type HoldReason = 'provider_trouble' | 'reading_account' | 'clock' | 'file' | 'review' | 'quiet_hours' | 'frequency';

/** What a message that was put aside waits for. */
interface Hold {
  reason: HoldReason;
  /** What people are told beside the reason: the provider's words. */
  detail: string | null;
}

/** Who works on a message, and until when others believe it. */
export interface Claim {
  token: string;
  until: Date;
}

/** One text to one lead or address: a campaign step of an enrollment, or a direct send. */
export interface Message {
  id: string;
  workspaceId: WorkspaceId;
  kind: MessageKind;
  leadId: string | null;
  campaignId: string | null;
  enrollmentId: string | null;
  stepId: string | null;
  stepIndex: number | null;
  channel: ChannelName;
  /** Of a direct send: the addresses that were named, and no other is tried; empty: the lead's. */
  recipients: string[];
  recipientName: string | null;
  /** Of a direct send: its own send window. */
  window: WindowSettings | null;
  /** Of a direct send: a label of the caller's. */
  batchId: string | null;
  /** What the caller said that CRMs call the recipient and the message; `null`: nothing. */
  crmIds: MessageCrmIds | null;
  /** Of a direct send: the channels to try where it cannot go by its own; a campaign has settings. */
  fallback: ChannelName[];
  /** Of a direct send: the user of the dashboard who sent it. */
  createdByUserId: string | null;
  /** Direct sends carry their template; a campaign's is in its step. */
  template: string | null;
  /** Of a direct send: what it says beside its text; `null`: nothing. */
  content: MoreContent | null;
  /** Of a direct send: the message whose conversation it goes on with; `null`: the latest. */
  goesOnId: string | null;
  attachments: Attachment[];
  /** The template left no text beside the files: they go alone. */
  withoutText: boolean;
  /** How many parts the provider has: its text is one, and each file (parts.ts). */
  part: number;
  status: MessageStatus;
  /** Of `failed` and `fallback`. */
  code: string | null;
  errorMessage: string | null;
  /** Of `cancelled`. */
  reason: CancelReason | null;
  dueAt: Date | null;
  /** A requeued message is not to be looked at before. */
  notBefore: Date | null;
  held: Hold | null;
  /** The fencing token: part of every job id, and raised whenever the message goes back to waiting. */
  revision: number;
  /** The line it has to use: asked for, or that of the step before. */
  lineId: string | null;
  /** The line was asked for by the sender; no other may take over. */
  lineIsFixed: boolean;
  /** The line whose next turn is this message's. */
  turnLineId: string | null;
  claim: Claim | null;
  /**
   * A stop met the message while it was being handed over: if it is not sent, it ends with this reason
   * instead of waiting again.
   */
  stopRequested: CancelReason | null;
  attempts: Attempt[];
  /** Proven refusals so far. */
  refusals: number;
  /** How often its line or device was to blame, although that worked when it was asked right after. */
  troubles: number;
  /** `channel address` pairs that turned out not to be on the channel. */
  tried: string[];
  /** The provider knows no conversation with the address yet; the next hand-over opens one. */
  opensChat: boolean;
  /** Of a follow-up: where the step before arrived. It is tried first, while the lead has it. */
  preferredAddress: string | null;
  /** It went out although somebody may have answered on a line that could not be read any more. */
  repliesUnread: boolean;
  /** Of a hand-over of unknown outcome: since when the provider can be asked about it. */
  askedSince: Date | null;
  /** Filled by the attempt that counts. */
  text: string | null;
  /** The subject, on channels that have them. */
  subject: string | null;
  address: string | null;
  externalMessageId: string | null;
  sentAt: Date | null;
  deliveredAt: Date | null;
  readAt: Date | null;
  createdAt: Date;
  /** Of its last transition. */
  updatedAt: Date;
  /** When anything of it was written last that callers are shown: what readers of changes go by. */
  changedAt: Date;
}

/** The group that direct sends make together. */
export const DIRECT = 'direct';
/** What messages have in common when they wait: turns go round over these. Direct sends count as one. */
export const groupOf = (message: Pick<Message, 'campaignId'>): string => message.campaignId ?? DIRECT;

export const isWaiting = (status: MessageStatus): boolean => WAITING.includes(status);

/** A new message, not due before `dueAt`; `null`: not before the step before it ends. */
export function newMessage(
  fields: Pick<Message, 'id' | 'workspaceId' | 'channel' | 'dueAt'> & Partial<Message>,
  now: Date,
): Message {
  return {
    kind: 'ordinary',
    leadId: null,
    campaignId: null,
    enrollmentId: null,
    stepId: null,
    stepIndex: null,
    recipients: [],
    recipientName: null,
    window: null,
    batchId: null,
    crmIds: null,
    fallback: [],
    createdByUserId: null,
    template: null,
    content: null,
    goesOnId: null,
    attachments: [],
    withoutText: false,
    part: 0,
    status: 'scheduled',
    code: null,
    errorMessage: null,
    reason: null,
    notBefore: null,
    held: null,
    revision: 0,
    lineId: null,
    lineIsFixed: false,
    turnLineId: null,
    claim: null,
    stopRequested: null,
    attempts: [],
    refusals: 0,
    troubles: 0,
    tried: [],
    opensChat: false,
    preferredAddress: null,
    repliesUnread: false,
    askedSince: null,
    text: null,
    subject: null,
    address: null,
    externalMessageId: null,
    sentAt: null,
    deliveredAt: null,
    readAt: null,
    createdAt: now,
    updatedAt: now,
    changedAt: now,
    ...fields,
  };
}

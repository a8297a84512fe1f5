export { addressesFor, addressesOfMessage, checkedAddresses } from './addresses';
export { attachmentName, MAX_ATTACHMENT_BYTES, typeOfFile, type Attachment } from './attachments';
export { DueMessages } from './due-messages';
export {
  DIRECT,
  groupOf,
  isAnswer,
  isLateAnswer,
  isWaiting,
  newMessage,
  type CancelReason,
  type Claim,
  type Message,
} from './message';
export { MessagesCancelled, MessagesEnded, type Ending } from './message-ended';
export { MessageReceipt, type ReceiptKind } from './message-receipt';
export { campaignSubject, dailySubject, dayKey } from './message-counts';
export { MessageBacklog } from './message-backlog';
export { MessagesReady } from './messages-ready';
export { Messages } from './messages.repository';
export { OldMessages, type OldMessage } from './old-messages';
export { PersonalMessages } from './personal-messages';
export { MAX_HTML_LENGTH, MAX_SUBJECT_LENGTH, MAX_TEMPLATE_LENGTH, parseByChannel } from './content-rules';
export {
  borrowedSubject,
  type ChannelContent,
  type Content,
  contentOn,
  contentProblems,
  type ContentOnChannel,
  type Footer,
  goingOn,
  type MoreContent,
  renderContent,
  type Rendered,
  subjectOf,
  templatesIn,
  TEXT_ALONE,
} from './content';
export { hasMore, isBegun, isOneCall, nextPart, ofPart } from './parts';
export { CORE_FIELDS, OWN_FIELDS, templateValues } from './template-values';
export { PlannedContents } from './planned-contents';
export { UnknownResolver, type Verdict } from './unknown-resolver';
export { type WaitingFor, gatheredReasons, WaitReasons, type WaitReason } from './wait-reasons';
export { mayHaveArrived, type Attempt } from './attempt';
export type { Transition } from './message-states';
export * as transitions from './message-transitions';
export type { EndReason, Resolution } from './message-transitions';
export { ExternalIdTaken, NotResolvable } from './messages.errors';
export { lostAttempt } from './late-transitions';
export { retryAt } from './retry-schedule';

export { addressesOfMessage, fitsChannel, type Reach } from './addresses';
export { attachmentName, MAX_ATTACHMENT_BYTES, typeOfFile, type Attachment } from './attachments';
export { DueMessages, type TurnQuery } from './due-messages';
export {
  DIRECT,
  groupOf,
  isWaiting,
  newMessage,
  retryAt,
  type Attempt,
  type CancelReason,
  type Message,
  type MessageStatus,
} from './message';
export { MessageEnded, type Ending } from './message-ended';
export { campaignSubject, dailySubject, dayKey } from './message-counts';
export { MessagesReady } from './messages-ready';
export { Messages } from './messages.repository';
export { fits, hasMore, isBegun, nextPart, ofPart, partCount } from './parts';
export { templateProblem, templateValues } from './template-values';
export { WaitReasons, type WaitReason } from './wait-reasons';

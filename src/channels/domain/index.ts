export { BRIDGE_FIELDS, type ChannelAccount, type FieldSpec, type SettingValue } from './account-fields';
export {
  outcomeOfError,
  type AddressKind,
  type AvailabilityOutcome,
  type CallFailure,
  type Channel,
  type ChannelLine,
  type ChannelName,
  type ConversationOutcome,
  type DeliveryError,
  type InboundEvent,
  type LineFields,
  type LineProblem,
  type Reading,
  type ReplyEvent,
  type SendOutcome,
  type SentMessage,
  type SoughtMessage,
  type FailureScope,
  type WatchEnd,
} from './channel';
export type { ChannelCode } from './channel-code';
export { type Reaction, REACTIONS } from './gestures';
export type { InboundAnswer, InboundCallRequest, InboundContent } from './inbound';
export type { InboundMedia, MediaOutcome } from './inbound-media';
export type { LineLimits } from './limits';
export type { ContentCapabilities, Outgoing, OutgoingAttachment, Thread } from './outgoing';
export { beatOf, costOf, creditFor, onTheBeat, type OverallPace, type RatePace } from './pace';
export { Channels } from './channels';
export type { ChannelWarning } from './warnings';
export { DownloadRefused, Downloads, NeverConnected } from './downloads';
export { Conversations } from './conversations';
export { quotedBy } from './reactions';
export { Posts } from './posts';

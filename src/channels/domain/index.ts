export {
  Channels,
  type AddressKind,
  type AvailabilityOutcome,
  type CallFailure,
  type Channel,
  type ChannelLine,
  type ChannelName,
  type InboundEvent,
  type LineFields,
  type LineProblem,
  type Outgoing,
  type OutgoingAttachment,
  type SendOutcome,
  type SentMessage,
  type FailureScope,
} from './channel';
export { DownloadRefused, Downloads, NeverConnected } from './downloads';

export {
  ChannelNotConfigured,
  Channels,
  type AddressKind,
  type AvailabilityOutcome,
  type CallTrouble,
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
  type Trouble,
} from './channel';
export { DownloadRefused, Downloads, NeverConnected } from './downloads';

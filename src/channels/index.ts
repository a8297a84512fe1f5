export { ChannelsModule } from './channels.module';
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
} from './domain/channel';
export { DownloadRefused, GuardedHttp, NeverConnected, type GuardedAnswer } from './infrastructure/guarded-http';

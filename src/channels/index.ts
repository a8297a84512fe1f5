export { ChannelsModule } from './channels.module';
export {
  ChannelNotConfigured,
  Channels,
  type AvailabilityOutcome,
  type Channel,
  type ChannelLine,
  type ChannelName,
  type InboundEvent,
  type SendOutcome,
} from './domain/channel';

export { SendingFormat, SENDING_FORMAT } from './sending-format';
export { SendingFormatModule } from './sending-format.module';

export { SendingFormat } from './sending-format';
export { SendingFormatModule } from './sending-format.module';

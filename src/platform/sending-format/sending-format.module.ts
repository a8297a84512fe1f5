import { Global, Module } from '@nestjs/common';
import { SendingFormat } from './sending-format';

@Global()
@Module({ providers: [SendingFormat], exports: [SendingFormat] })
export class SendingFormatModule {}

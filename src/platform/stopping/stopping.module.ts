import { Global, Module } from '@nestjs/common';
import { Stopping } from './stopping';

@Global()
@Module({ providers: [Stopping], exports: [Stopping] })
export class StoppingModule {}

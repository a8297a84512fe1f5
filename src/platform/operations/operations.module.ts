import { Global, Module } from '@nestjs/common';
import { OperationsServer } from './operations-server';

@Global()
@Module({ providers: [OperationsServer], exports: [OperationsServer] })
export class OperationsModule {}

import { Global, Module } from '@nestjs/common';
import { Activity } from './activity';

@Global()
@Module({ providers: [Activity], exports: [Activity] })
export class ActivityModule {}

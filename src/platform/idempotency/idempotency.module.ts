import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { MongooseModule } from '@nestjs/mongoose';
import { IdempotencyInterceptor } from './idempotency.interceptor';
import { IdempotentCalls } from './idempotent-calls';
import { KeptAnswerSchema } from './kept-answer.schema';

@Global()
@Module({
  imports: [MongooseModule.forFeature([{ name: 'KeptAnswer', schema: KeptAnswerSchema }])],
  providers: [IdempotentCalls, IdempotencyInterceptor, { provide: APP_INTERCEPTOR, useExisting: IdempotencyInterceptor }],
  exports: [IdempotentCalls, IdempotencyInterceptor],
})
export class IdempotencyModule {}

export { IdempotencyModule } from './idempotency.module';
export { AnswerHoldsSecret, IdempotencyInterceptor, idempotentCallOf } from './idempotency.interceptor';
export { IdempotentCalls } from './idempotent-calls';

export { tracedJob } from './jobs';
export { tracedCall } from './outgoing-calls';
export { traceRequests } from './requests';
export { TracingModule } from './tracing.module';

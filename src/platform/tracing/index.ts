export { tracedJob } from './jobs';
export { traceRequests } from './requests';
export { TracingModule } from './tracing.module';

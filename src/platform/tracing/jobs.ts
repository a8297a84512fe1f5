import { context, SpanKind, trace } from '@opentelemetry/api';
import { beginSpan, endSpan } from './tracer';

/** Runs a job of a queue in a span of its own. */
export async function tracedJob(queue: string, work: () => Promise<void>): Promise<void> {
  const attributes = { 'messaging.system': 'bull', 'messaging.destination.name': queue };
  const span = beginSpan({ name: `${queue} process`, kind: SpanKind.CONSUMER, attributes }, true)!;
  try {
    await context.with(trace.setSpan(context.active(), span), work);
    endSpan(span);
  } catch (error) {
    endSpan(span, error);
    throw error;
  }
}

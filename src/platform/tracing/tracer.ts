import { context, type Span, type SpanKind, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import { VERSION } from '../version';

/** Does nothing, at next to no cost, while nobody has started tracing. */
const tracer = (): Tracer => trace.getTracer('tuco', VERSION);

/**
 * What spans say: names of routes, queues, commands and collections, statuses, classes of errors. Never a
 * value.
 */
interface SpanFacts {
  name: string;
  kind: SpanKind;
  attributes: Record<string, string | number>;
}

/** Begins a span below the present one. @param always whether it is also begun where there is none above */
export function beginSpan({ name, kind, attributes }: SpanFacts, always: boolean): Span | null {
  if (!always && !trace.getSpan(context.active())) return null;
  return tracer().startSpan(name, { kind, attributes });
}

/** Ends it. @param error what went wrong: its class is told, not its message, which may name somebody */
export function endSpan(span: Span, error?: unknown): void {
  if (error !== undefined) {
    const type = error instanceof Error ? error.name : 'unknown';
    span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', type);
  }
  span.end();
}

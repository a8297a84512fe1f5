import { context, trace } from '@opentelemetry/api';
import { VERSION } from '../version';

/** How long sending may take, also the last time, in milliseconds. */
const SEND_WITHIN_MS = 2_000;

/**
 * Loads OpenTelemetry and sends spans to a collector, by OTLP over HTTP, in batches. A collector that is away
 * costs spans, and nothing else.
 * @param endpoint without `/v1/traces`
 * @returns what sends the rest and ends it
 */
export async function startExporting(endpoint: string, role: string): Promise<() => Promise<void>> {
  const [
    { AsyncLocalStorageContextManager },
    { OTLPTraceExporter },
    { resourceFromAttributes },
    { BasicTracerProvider, BatchSpanProcessor },
  ] = await Promise.all([
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/sdk-trace-base'),
  ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces`, timeoutMillis: SEND_WITHIN_MS });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'tuco', 'service.version': VERSION, 'tuco.role': role }),
    spanProcessors: [new BatchSpanProcessor(exporter, { exportTimeoutMillis: SEND_WITHIN_MS })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  return async () => {
    trace.disable();
    context.disable();
    await provider.shutdown().catch(() => undefined);
  };
}

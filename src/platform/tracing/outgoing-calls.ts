import { SpanKind } from '@opentelemetry/api';
import { beginSpan, endSpan } from './tracer';

/**
 * Gives a call to somebody else's server a span, below that of the job or request that makes it, up to its
 * status. Who is called, and with what, is not told: hosts are tenants', and paths hold secrets.
 * @param purpose such as `provider`
 */
export async function tracedCall<T extends { statusCode: number }>(
  purpose: string,
  method: string,
  call: () => Promise<T>,
): Promise<T> {
  const span = beginSpan(
    { name: `${method} ${purpose}`, kind: SpanKind.CLIENT, attributes: { 'http.request.method': method } },
    false,
  );
  if (!span) return call();
  try {
    const answer = await call();
    span.setAttribute('http.response.status_code', answer.statusCode);
    endSpan(span);
    return answer;
  } catch (error) {
    endSpan(span, error);
    throw error;
  }
}

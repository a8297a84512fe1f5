import { context, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { beginSpan } from './tracer';

const spans = new WeakMap<FastifyRequest, Span>();

/**
 * Gives each request but those of `/health` a span, named by its route: paths hold tokens, secrets and
 * addresses. It has to stand before the hooks whose work is to be seen.
 */
export function traceRequests(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { url: route = 'unmatched' } = request.routeOptions;
    if (route.startsWith('/health')) return done();
    const attributes = { 'http.request.method': request.method, 'http.route': route };
    const span = beginSpan({ name: `${request.method} ${route}`, kind: SpanKind.SERVER, attributes }, true)!;
    spans.set(request, span);
    context.with(trace.setSpan(context.active(), span), done);
  });
  // Reading a body leaves the context of the request; whatever runs after it enters it again.
  fastify.addHook('preValidation', (request, _reply, done) => {
    const span = spans.get(request);
    if (!span) return done();
    context.with(trace.setSpan(context.active(), span), done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const span = spans.get(request);
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    done();
  });
}

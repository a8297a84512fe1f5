import cors, { type FastifyCorsOptions } from '@fastify/cors';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import { NotFoundException } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getConnectionToken } from '@nestjs/mongoose';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { errorCodes as fastifyErrors, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Connection } from 'mongoose';
import { Logger, PinoLogger } from 'nestjs-pino';
import { MIGRATIONS } from '../migrations';
import { AppModule } from './app.module';
import { actorOf } from './auth';
import { AuthenticationHook } from './auth/http/authentication.hook';
import { BulkCallsHook } from './auth/http/bulk-calls.hook';
import { CallTurnsHook } from './auth/http/call-turns.hook';
import { RateLimitHook } from './auth/http/rate-limit.hook';
import { callOrigin } from './platform/audit';
import type { Clock } from './platform/clock';
import type { Config } from './platform/config';
import { StorageFull } from './platform/errors';
import { DeepChecks } from './platform/health';
import {
  closeWhileLeaving,
  correlation,
  correlationId,
  digestBody,
  ErrorFilter,
  ignoreBody,
  isUpload,
  keepRawBody,
  limitBodies,
  limitTime,
  refuseExpectations,
  refuseForms,
  refuseOddRequest,
  refuseUnreadable,
  requestLabels,
  requireAccess,
  scanJson,
  shapeError,
  takeCommonFields,
  takeForms,
  takeJson,
  TAKES_ODD_REQUESTS,
  takesUploads,
} from './platform/http';
import { quietStart, requestLine, startLogger } from './platform/logging';
import { Metrics } from './platform/metrics';
import { verifyDatabase } from './platform/migrations';
import { declaredBy } from './platform/mongo';
import { Secrets } from './platform/secrets';
import { Stopping } from './platform/stopping';
import { traceRequests } from './platform/tracing';
import { InboundSecretHook } from './replies/http/inbound-secret.hook';
import { SEALED_FIELDS } from './sealed-fields';

/** A body that is no upload has to be there after this long. */
const BODY_TIMEOUT_MS = 120_000;

/** For so long browsers keep to TLS. */
const YEAR_SECONDS = 31_536_000;

/** What is asked without a body, whatever the headers say. */
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Which contract an answer follows. It changes when a client would have to. */
const VERSION = ['tuco-api-version', '1'] as const;

/** Bearer tokens alone: no cookie is ever taken, so that a page can do nothing with what a browser holds. */
const corsOf = (origins: string[]): FastifyCorsOptions => ({
  origin: origins,
  methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
  allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'last-event-id', correlation.header],
  exposedHeaders: [
    correlation.header,
    VERSION[0],
    'content-disposition',
    'idempotency-replayed',
    'ratelimit',
    'ratelimit-policy',
    'retry-after',
  ],
  maxAge: 600,
});

/**
 * Lets our own error handler stand: Nest's would lose the code that tells a malformed body from one that is
 * too large.
 */
class Adapter extends FastifyAdapter {
  override setErrorHandler(): ReturnType<FastifyAdapter['setErrorHandler']> {
    return this.getInstance();
  }
}

/**
 * Makes the application, ready to listen (`APP_ROLE=worker` serves health alone). Used by `main.ts` and by
 * the tests.
 * @throws DatabaseNotMigrated when the database has not the form that this version needs
 * @throws WrongEncryptionKey when its secrets are sealed under another key
 */
export async function createApp(config: Config, clock?: Clock): Promise<NestFastifyApplication> {
  let answerUnreadable = (_error: Error, _request: FastifyRequest, reply: FastifyReply) => void reply.status(400).send();
  const adapter = new Adapter({
    bodyLimit: config.BODY_LIMIT_BYTES,
    trustProxy: config.TRUSTED_PROXIES ?? false,
    http: TAKES_ODD_REQUESTS,
    forceCloseConnections: 'idle',
    // Ours says more: closeWhileLeaving.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    // For an upload of a gigabyte; other bodies have BODY_TIMEOUT_MS.
    requestTimeout: 2 * 3_600_000,
    clientErrorHandler: refuseUnreadable,
    frameworkErrors: (error: Error, request: unknown, reply: unknown) =>
      answerUnreadable(error, request as FastifyRequest, reply as FastifyReply),
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, clock), adapter, {
    logger: startLogger(config),
    bufferLogs: true,
    // Nest's would take forms too.
    bodyParser: false,
    abortOnError: false,
  });
  await verified(app);
  app.useLogger(quietStart(app.get(Logger)));
  app.flushLogs();
  await app.register(multipart, {
    limits: { fileSize: config.IMPORT_MAX_BYTES, files: 2, fields: 20, fieldSize: 200_000, fieldNameSize: 100 },
    throwFileSizeLimit: false,
  });
  // Before anything that asks who calls: a browser asks for permission without a key.
  if (config.CORS_ORIGINS?.length) await app.register(cors, corsOf(config.CORS_ORIGINS));
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] } },
    // Of this host alone: those below it are not ours. Without TLS there is nothing to keep to.
    strictTransportSecurity: config.PUBLIC_URL.startsWith('https:') && { maxAge: YEAR_SECONDS, includeSubDomains: false },
  });

  const fastify = app.getHttpAdapter().getInstance();
  const errors = app.get(ErrorFilter);
  app.get(DeepChecks).add('storage', async () => {
    if (errors.hasSeenFullStore) throw new StorageFull();
  });
  const lines = await app.resolve(PinoLogger);
  lines.setContext('http');
  const metrics = app.get(Metrics);
  const answer = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const { status, body, retryAfter } = errors.answer(error, request);
    if (retryAfter !== undefined) void reply.header('retry-after', Math.max(1, Math.ceil(retryAfter)));
    return reply.status(status).send(body);
  };
  // What is told to one caller is for nobody's cache, unless its route says otherwise.
  fastify.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  });
  fastify.addHook('preSerialization', async (request, reply, body) => shapeError(request, reply, body, config.ERROR_DOCS_URL));
  // A path that cannot be decoded runs no hooks.
  answerUnreadable = (error, request, reply) => {
    void reply.header(correlation.header, correlation.of(request.headers[correlation.header])).header(...VERSION);
    void reply.header('cache-control', 'no-store');
    const { status, body } = errors.answer(error, request);
    void reply.status(status);
    void reply.send(shapeError(request, reply, body, config.ERROR_DOCS_URL));
  };
  fastify.setErrorHandler(answer);
  if (config.OTEL_EXPORTER_OTLP_ENDPOINT) traceRequests(fastify);
  fastify.removeContentTypeParser('text/plain');
  takeJson(fastify);
  takeForms(fastify);
  fastify.addHook('onRequest', (request, reply, done) => {
    const id = correlation.of(request.headers[correlation.header]);
    void reply.header(correlation.header, id).header(...VERSION);
    // Clients send the type with bodies that they leave out, such as that of a launch.
    const { 'content-length': length = '0', 'transfer-encoding': streamed } = request.headers;
    if (length === '0' && !streamed) delete request.headers['content-type'];
    correlation.storage.run({ correlationId: id }, done);
  });
  refuseExpectations(fastify.server);
  fastify.addHook('onRequest', refuseOddRequest);
  closeWhileLeaving(fastify, app.get(Stopping), answer);
  if (config.APP_ROLE === 'worker') {
    fastify.addHook('onRequest', async (request, reply) => {
      if (!request.url.startsWith('/health')) return reply.callNotFound();
      return undefined;
    });
  }
  fastify.addHook('onRoute', requireAccess);
  fastify.addHook('onRoute', limitBodies(config.BODY_LIMIT_BYTES));
  fastify.addHook('onRequest', ignoreBody);
  fastify.addHook('onRequest', app.get(AuthenticationHook).onRequest);
  fastify.addHook('onRequest', app.get(InboundSecretHook, { strict: false }).onRequest);
  // Where there is no endpoint, nobody reads a body.
  fastify.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return undefined;
    const { status, body } = errors.answer(new NotFoundException(), request);
    return reply.status(status).header('connection', 'close').send(body);
  });
  fastify.addHook('preParsing', app.get(BulkCallsHook).preParsing);
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    if (READS.has(request.method)) return done(null, payload);
    if (isUpload(request)) {
      return done(
        takesUploads(request) ? null : new fastifyErrors.FST_ERR_CTP_INVALID_MEDIA_TYPE('multipart/form-data'),
        payload,
      );
    }
    limitTime(request.raw, BODY_TIMEOUT_MS);
    done(null, payload);
  });
  fastify.addHook('preParsing', refuseForms);
  fastify.addHook('preParsing', scanJson);
  fastify.addHook('preParsing', digestBody);
  fastify.addHook('preParsing', keepRawBody);
  fastify.addHook('preValidation', app.get(RateLimitHook).preValidation);
  fastify.addHook('preValidation', app.get(CallTurnsHook).preValidation);
  fastify.addHook('onSend', async (request) => app.get(CallTurnsHook).onSend(request));
  fastify.addHook('preValidation', takeCommonFields);
  // Reading a body leaves the context of the request; whatever runs after it enters it again.
  fastify.addHook('preValidation', (request, reply, done) => {
    const id = String(reply.getHeader(correlation.header));
    const { principal, ip } = request;
    correlation.storage.run({ correlationId: id }, () => {
      if (!principal) return done();
      callOrigin.run({ actor: actorOf(principal), address: ip, correlationId: id }, done);
    });
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const labels = requestLabels(request, reply.statusCode);
    metrics.observe('tuco_http_request_duration_seconds', labels, reply.elapsedTime / 1_000);
    const { principal } = request;
    const who = principal && { workspaceId: principal.workspaceId, by: actorOf(principal) };
    const line = { ...requestLine(request, reply.statusCode, reply.elapsedTime), ...who };
    if (request.url.startsWith('/health')) lines.debug(line, 'request');
    else lines.info({ ...line, correlationId: correlationId() ?? reply.getHeader(correlation.header) }, 'request');
    done();
  });
  return app;
}

async function verified(app: NestFastifyApplication): Promise<void> {
  const { db, models } = app.get<Connection>(getConnectionToken());
  try {
    const verify = () => verifyDatabase(db!, MIGRATIONS, declaredBy(Object.values(models).map(({ schema }) => schema)));
    await verify();
    app.get(DeepChecks).add('migrations', verify);
    await app.get(Secrets).verify(db!, SEALED_FIELDS);
  } catch (error) {
    await app.close().catch(() => undefined);
    throw error;
  }
}

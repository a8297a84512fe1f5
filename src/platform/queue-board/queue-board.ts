import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock, withTimeout } from '../clock';
import { Config } from '../config';
import { notFound, OperationsServer } from '../operations';
import { WorkQueues } from '../queues';
import { BoardFiles, fillPage } from './board-files';
import { BoardRoutes, type Call, type CallAnswer } from './board-routes';
import { idsOnly } from './ids-only';
import { OperatorSignIn } from './operator-sign-in';

const BASE = '/queues';
/** The page needs no more than its own files; parts of it set styles by script. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "worker-src 'self'; frame-ancestors 'none'; base-uri 'self'; form-action 'none'";
const TEXT = { 'content-type': 'text/plain; charset=utf-8' };
/** A name or an address, and a port. */
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i;
/** Redis has so long to answer, in milliseconds. */
const ANSWER_WITHIN_MS = 2_000;
/** Redis would not understand the places of a page far beyond it. */
const LAST_PAGE = 1_000_000;

/**
 * bull-board at `/queues` of the operations port, for those who know `OPERATOR_PASSWORD`; without that
 * setting it is not there. It only shows: what is to be done stands in MongoDB, and a job only says when to
 * look.
 */
@Injectable()
export class QueueBoard implements OnModuleInit {
  private readonly logger = new Logger(QueueBoard.name);
  private readonly routes = new BoardRoutes();
  private files: BoardFiles;

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    private readonly workQueues: WorkQueues,
    private readonly operations: OperationsServer,
  ) {}

  async onModuleInit(): Promise<void> {
    const { OPERATOR_PASSWORD: password } = this.config;
    if (password === undefined || !this.operations.isOn) return;
    const [{ createBullBoard }, { BullAdapter }] = await Promise.all([
      import('@bull-board/api'),
      import('@bull-board/api/bullAdapter'),
    ]);
    createBullBoard({
      queues: this.workQueues.all().map((queue) => new BullAdapter(queue, { readOnlyMode: true })),
      serverAdapter: this.routes,
      options: {
        uiConfig: { boardTitle: 'Tuco', hideDocsLink: true },
        handlerHooks: { after: (_call, answer) => idsOnly(answer) },
      },
    });
    this.files = new BoardFiles(this.routes.files.folder);
    const signIn = new OperatorSignIn(password, this.clock);
    this.operations.serve(BASE, async (request, response, path) => {
      if (isAdmitted(signIn, request, response)) await this.answer(request, response, path.slice(BASE.length));
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...TEXT, allow: 'GET, HEAD', connection: 'close' });
      response.end('The queues can be looked at, and not changed.\n');
      return;
    }
    if (path === '') return toPage(request, response);
    const { route } = this.routes.files;
    if (path.startsWith(`${route}/`)) return this.sendFile(response, path.slice(route.length + 1));
    const call = this.routes.findCall(path);
    if (call) {
      const { status = 200, body } = await this.call(call, request.url!.slice(BASE.length + path.length));
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
      return;
    }
    const page = this.routes.findPage(path);
    if (!page) return notFound(response);
    const { name, params } = page.handler({ basePath: `${BASE}/`, uiConfig: this.routes.uiConfig });
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_POLICY });
    response.end(fillPage(join(this.routes.views, name), params));
  }

  private async sendFile(response: ServerResponse, name: string): Promise<void> {
    const file = await this.files.find(name);
    if (!file) return notFound(response);
    response.writeHead(200, { 'content-type': file.type, 'cache-control': 'private, max-age=3600' }).end(file.bytes);
  }

  /** Whoever asks while Redis is away does not wait for it. */
  private async call({ route, params }: Call, search: string): Promise<CallAnswer> {
    const query = Object.fromEntries(new URLSearchParams(search));
    if (Number(query.page ?? 1) > LAST_PAGE) return failure(400, `page must be at most ${LAST_PAGE}`);
    if (!(await this.workQueues.ping(ANSWER_WITHIN_MS))) return failure(503, 'Redis does not answer.');
    const { queues, uiConfig } = this.routes;
    try {
      const answering = Promise.resolve(route.handler({ queues, uiConfig, query, params, body: {}, headers: {} }));
      return await withTimeout<CallAnswer, CallAnswer>(answering, ANSWER_WITHIN_MS, failure(503, 'Redis does not answer.'));
    } catch (error) {
      // bull-board decodes the name of the queue by itself.
      if (error instanceof URIError) return failure(400, 'activeQueue cannot be decoded');
      this.logger.error({ err: error }, 'The queues could not be shown');
      return failure(500, 'It could not be read; the log says why.');
    }
  }
}

/** A redirect that names the host drops a password from the URL, with which a page may not call anything. */
function toPage({ headers: { host = '' } }: IncomingMessage, response: ServerResponse): void {
  const location = HOST.test(host) ? `//${host}${BASE}/` : `${BASE}/`;
  response.writeHead(302, { ...TEXT, location }).end();
}

/** In the form that the page shows. */
const failure = (status: number, message: string): CallAnswer => ({
  status,
  body: { error: { key: 'ERRORS.INTERNAL_SERVER_ERROR' }, message },
});

function isAdmitted(signIn: OperatorSignIn, { headers, socket }: IncomingMessage, response: ServerResponse): boolean {
  const admission = signIn.admit(socket.remoteAddress ?? '', headers.authorization);
  if (admission.isAdmitted) return true;
  // Whatever else it sends is not read.
  response.setHeader('connection', 'close');
  if (admission.waitSeconds > 0) {
    response.writeHead(429, { ...TEXT, 'retry-after': String(admission.waitSeconds) });
    response.end('There were too many wrong passwords from this address.\n');
    return false;
  }
  response.writeHead(401, { ...TEXT, 'www-authenticate': 'Basic realm="Tuco queues", charset="UTF-8"' });
  response.end('The password of operators (OPERATOR_PASSWORD) is needed.\n');
  return false;
}

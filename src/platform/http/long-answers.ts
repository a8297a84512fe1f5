import { Readable } from 'node:stream';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import { Slices } from '../event-loop';

/** Longer answers are written row by row, in characters. */
const LONG = 256_000;
/** So much is given to the connection at once. */
const PIECE = 64_000;
/** Lists of fewer rows are written as they are. */
const MANY_ROWS = 10;

/**
 * Writes pages row by row, and those that are long as a stream: two hundred rows of the largest that are
 * taken would hold the event loop, and stand in memory once more as text.
 */
export class LongAnswers implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (request.method !== 'GET') return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(mergeMap(async (body: unknown) => (isPage(body) ? written(body, reply) : body)));
  }
}

const isPage = (body: unknown): body is Record<string, unknown> =>
  typeof body === 'object' &&
  body !== null &&
  Object.getPrototypeOf(body) === Object.prototype &&
  Object.values(body).some((value) => Array.isArray(value) && value.length >= MANY_ROWS);

/** The answer as text, or as a stream of it. */
function written(body: Record<string, unknown>, reply: FastifyReply): string | Readable {
  void reply.type('application/json; charset=utf-8');
  const pieces = piecesOf(body);
  let begun = '';
  for (let next = pieces.next(); !next.done; next = pieces.next()) {
    begun += next.value;
    if (begun.length > LONG) return Readable.from(streamed(begun, pieces), { objectMode: false });
  }
  return begun;
}

async function* streamed(begun: string, pieces: Generator<string>): AsyncGenerator<string> {
  const slices = new Slices();
  let piece = begun;
  for (const more of pieces) {
    piece += more;
    if (piece.length < PIECE && !slices.isOver) continue;
    yield piece;
    piece = '';
    await slices.next();
  }
  yield piece;
}

/** The same text as of `JSON.stringify`. */
function* piecesOf(body: Record<string, unknown>): Generator<string> {
  let before = '{';
  for (const [name, value] of Object.entries(body)) {
    if (value === undefined) continue;
    yield `${before}${JSON.stringify(name)}:`;
    before = ',';
    if (!Array.isArray(value)) {
      yield JSON.stringify(value);
      continue;
    }
    for (const [index, row] of value.entries()) yield `${index === 0 ? '[' : ','}${JSON.stringify(row) ?? 'null'}`;
    yield value.length === 0 ? '[]' : ']';
  }
  yield before === '{' ? '{}' : '}';
}

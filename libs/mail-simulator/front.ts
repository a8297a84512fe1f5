import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from './faults';
import { pageOf } from './page';
import type { Order, World } from './world';

const MAX_BODY = 1_000_000;

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY) throw new Error('The body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The simulator's own calls over HTTP: a page to read the mails on, what has happened, and what to do. */
export async function answer(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await route(world, request, response);
  } catch (error) {
    json(response, 400, { error: error instanceof Error ? error.message : String(error) });
  }
}

async function route(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://simulator');
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  switch (`${request.method} ${pathname}`) {
    case 'GET /':
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pageOf(world.ledger));
      return;
    case 'GET /ledger': {
      const to = searchParams.get('to');
      return json(
        response,
        200,
        world.ledger.filter(({ envelope }) => to === null || envelope.to === to),
      );
    }
    case 'POST /order': {
      const body = await readBody(request);
      await world.order(
        isForm ? (Object.fromEntries(new URLSearchParams(body)) as unknown as Order) : (JSON.parse(body) as Order),
      );
      if (isForm) return void response.writeHead(303, { location: '/' }).end();
      return json(response, 200, {});
    }
    case 'POST /faults':
      world.faults.set(JSON.parse(await readBody(request)) as Fault[]);
      return json(response, 200, {});
    default:
      return json(response, 404, { error: 'There is no such call' });
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

import type { IncomingMessage } from 'node:http';
import { type Answer, readBody } from './api';
import type { Controls } from './controls';
import type { Fault } from './faults';
import type { LedgerFilter } from './ledger';
import type { InboundOrder } from './world';

/** What the simulator can be told. */
export interface Orders {
  ledger(filter?: LedgerFilter): object[];
  control(changes: Partial<Controls>): Controls;
  fail(faults: readonly Fault[]): void;
  inbound(order: InboundOrder): Promise<{ sid: string; answered: number | null }>;
  callAt(accountSid: string, inboundUrl: string | null): void;
}

/** The simulator's own calls over HTTP: what to do, and what has happened. */
export async function answerOrder(orders: Orders, request: IncomingMessage, url: URL): Promise<Answer> {
  const { pathname, searchParams } = url;
  if (request.method === 'GET' && pathname === '/ledger') {
    return { status: 200, body: orders.ledger(Object.fromEntries(searchParams)) };
  }
  if (request.method === 'GET' && pathname === '/control') return { status: 200, body: orders.control({}) };
  if (request.method !== 'POST') return notFound;
  const body = JSON.parse((await readBody(request)) || '{}') as unknown;
  switch (pathname) {
    case '/control':
      return { status: 200, body: orders.control(body as Partial<Controls>) };
    case '/faults':
      orders.fail(body as Fault[]);
      return { status: 200, body: {} };
    case '/inbound':
      return { status: 200, body: await orders.inbound(body as InboundOrder) };
    case '/inbound-url': {
      const { accountSid, url: inboundUrl } = body as { accountSid: string; url: string | null };
      orders.callAt(accountSid, inboundUrl);
      return { status: 200, body: {} };
    }
    default:
      return notFound;
  }
}

const notFound: Answer = { status: 404, body: { error: 'There is no such order' } };

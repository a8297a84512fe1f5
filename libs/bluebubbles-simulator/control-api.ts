import type { IncomingMessage } from 'node:http';
import type { Director } from './director';
import type { Ledger, LedgerFilter } from './ledger';
import { chosenOf, flag, inboundRowOf, replyOf, type SendErrorOrder, wholeNumber } from './orders';
import { type Fields, readOrder } from './server/body';
import { badRequest, notFound } from './server/envelope';
import { choice, neededList, neededText, optionalText } from './server/fields';

type Action = (director: Director, body: Fields) => unknown;

const EVENTS = ['none', 'message-send-error', 'new-message'] as const;

const ACTIONS: Record<string, Action> = {
  control: (director, body) => director.control(body),
  reply: (director, body) => director.reply(replyOf(body)),
  inbound: (director, body) => {
    const { password: _password, bridge: _bridge, rows, ...row } = body;
    return director.inbound(Array.isArray(rows) ? rows.map(inboundRowOf) : [inboundRowOf(row)], chosenOf(body));
  },
  receipt: (director, body) =>
    director.receipt({
      guid: neededText(body, 'guid'),
      delivered: flag(body, 'delivered'),
      read: flag(body, 'read'),
      undated: flag(body, 'undated'),
      late: flag(body, 'late'),
    }),
  'send-error': (director, body) => {
    const order: SendErrorOrder = { guid: neededText(body, 'guid'), error: wholeNumber(body, 'error', 1, 10_000) };
    return director.sendError({ ...order, event: choice(body, 'event', EVENTS) ?? undefined });
  },
  chat: (director, body) =>
    director.openChat({
      ...chosenOf(body),
      addresses: neededList(body, 'addresses').map(String),
      service: optionalText(body, 'service') ?? undefined,
    }),
  restart: async (director, body) => {
    const downMs = wholeNumber(body, 'downMs', 0, 86_400_000);
    const repeat = wholeNumber(body, 'repeat', 0, 10_000);
    await director.restart({ ...chosenOf(body), soft: flag(body, 'soft'), downMs, repeat });
    return director.controls();
  },
  event: (director, body) => director.event({ ...chosenOf(body), type: neededText(body, 'type'), data: body.data }),
};

/** The simulator's own calls over HTTP: what to do, and what has happened. */
export class ControlApi {
  constructor(
    private readonly director: Director,
    private readonly ledger: Ledger,
  ) {}

  /** @throws Answered */
  async answer(path: string, request: IncomingMessage, query: URLSearchParams): Promise<unknown> {
    if (request.method === 'GET') return this.read(path, query);
    const action = request.method === 'POST' && Object.hasOwn(ACTIONS, path) ? ACTIONS[path] : undefined;
    if (!action) throw notFound(`There is no ${request.method} /${path}`);
    return action(this.director, await readOrder(request));
  }

  private read(path: string, query: URLSearchParams): unknown {
    if (path === 'ledger') return this.ledger.find(filterOf(query));
    if (path === 'control') return this.director.controls();
    if (path === 'calls') {
      const { since } = filterOf(query);
      return this.director.calls({ since, path: query.get('path') ?? undefined });
    }
    throw notFound(`There is no GET /${path}`);
  }
}

function filterOf(query: URLSearchParams): LedgerFilter {
  const numberOf = (name: string): number | undefined => {
    const text = query.get(name);
    if (text === null) return undefined;
    if (!/^\d{1,15}$/.test(text)) throw badRequest(`${name} must be a number`);
    return Number(text);
  };
  const textOf = (name: string) => query.get(name) ?? undefined;
  return {
    since: numberOf('since'),
    after: numberOf('after'),
    kind: textOf('kind'),
    address: textOf('address'),
    outcome: textOf('outcome'),
  };
}

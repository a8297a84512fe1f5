import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { QUICK_TIMES, type Simulator, type SimulatorOptions, startBlueBubblesSimulator } from '../index';

export const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
};

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A quick simulator of one bridge, unless told otherwise. */
export const start = (options: Partial<SimulatorOptions> = {}): Promise<Simulator> =>
  startBlueBubblesSimulator({ ledgerFile: null, times: QUICK_TIMES, bridges: [{ password: 'one' }], ...options });

export interface Answered {
  status: number;
  type: string | null;
  /** As it came. */
  text: string;
  /** Empty where the answer is no JSON. */
  body: {
    status: number;
    message: string;
    // Answers are read field by field in tests.
    data?: Record<string, unknown>;
    metadata?: Record<string, unknown>;
    error?: { type: string; message: string };
  };
}

/** Calls BlueBubbles' API of a simulator. */
export async function call(
  simulator: Simulator,
  method: string,
  path: string,
  { body, password = 'one', signal }: { body?: object; password?: string; signal?: AbortSignal } = {},
): Promise<Answered> {
  const separator = path.includes('?') ? '&' : '?';
  const answer = await fetch(`${simulator.url}/api/v1/${path}${separator}password=${password}`, {
    method,
    signal,
    ...(body instanceof FormData
      ? { body }
      : body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const said = await answer.text();
  const type = answer.headers.get('content-type');
  const json = (type?.includes('json') ? JSON.parse(said) : {}) as Answered['body'];
  return { status: answer.status, type, text: said, body: json };
}

/** Calls the simulator's own endpoints. */
export async function command(simulator: Simulator, path: string, body?: object): Promise<{ status: number; body: unknown }> {
  const init = body && { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const answer = await fetch(`${simulator.url}/${path}`, init);
  return { status: answer.status, body: await answer.json() };
}

let serial = 0;
const nextTempGuid = () => `temp-${(serial += 1)}`;

/** A text to a direct chat. */
export const text = (address: string, message: string, tempGuid = nextTempGuid()) => ({
  chatGuid: address.includes(';') ? address : `iMessage;-;${address}`,
  message,
  method: 'private-api',
  tempGuid,
});

/** The body of `chat/new`. */
export const opening = (address: string | string[], message = 'Hi', more: object = {}) => ({
  addresses: [address].flat(),
  message,
  method: 'private-api',
  service: 'iMessage',
  tempGuid: nextTempGuid(),
  ...more,
});

/** The form of `message/attachment`. */
export function file(fields: Record<string, string>, content = '12345'): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({ method: 'private-api', tempGuid: nextTempGuid(), name: 'photo.png', ...fields })) {
    form.set(name, value);
  }
  if (content !== '') form.set('attachment', new Blob([content], { type: 'image/png' }), 'photo.png');
  return form;
}

/** Sends a text to a chat, by default of one that is opened before. */
export async function sendText(simulator: Simulator, address: string, message: string, password = 'one'): Promise<string> {
  if (!address.includes(';')) simulator.openChat({ addresses: [address], password });
  const answer = await call(simulator, 'POST', 'message/text', { body: text(address, message), password });
  if (answer.status !== 200) throw new Error(answer.text);
  return String(answer.body.data!.guid);
}

export interface Received {
  type: string;
  data: Record<string, unknown>;
}

/** A receiver of webhooks. */
export async function receiver(): Promise<{
  url: string;
  received: Received[];
  answerWith: (status: number) => void;
  close(): Promise<void>;
}> {
  const received: Received[] = [];
  let status = 200;
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push(JSON.parse(body) as Received);
      response.writeHead(status).end('thanks');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret`,
    received,
    answerWith: (next) => (status = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

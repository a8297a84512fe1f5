import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Simulator } from '../index';

export const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
};

export interface Answered {
  status: number;
  body: {
    status: number;
    message: string;
    // Answers are read field by field in tests.
    data?: Record<string, unknown>;
    metadata?: unknown;
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
  return { status: answer.status, body: (await answer.json()) as Answered['body'] };
}

/** Calls the simulator's own endpoints. */
export async function command(simulator: Simulator, path: string, body?: object): Promise<{ status: number; body: unknown }> {
  const init = body && { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const answer = await fetch(`${simulator.url}/${path}`, init);
  return { status: answer.status, body: await answer.json() };
}

export const text = (address: string, message: string, tempGuid = `temp-${Math.random()}`) => ({
  chatGuid: `iMessage;-;${address}`,
  message,
  method: 'private-api',
  tempGuid,
});

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

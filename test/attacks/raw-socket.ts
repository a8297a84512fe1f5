import { connect } from 'node:net';

/** What came back on a connection on which these bytes were written, until it was quiet or closed. */
export function rawExchange(
  url: string,
  parts: (string | Buffer)[],
  quietMs = 1_000,
): Promise<{ text: string; closed: boolean }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    let timer: NodeJS.Timeout;
    const end = (closed: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text, closed });
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => end(false), quietMs);
    };
    socket.on('error', () => undefined);
    socket.on('close', () => end(true));
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      wait();
    });
    for (const part of parts) socket.write(part);
    wait();
  });
}

/** The answers in what came back: their status and their body, without the heads. */
export const answersIn = (text: string): { status: number; body: string }[] =>
  text
    .split(/(?=HTTP\/1\.[01] \d{3} )/)
    .filter((one) => one.startsWith('HTTP/1.'))
    .map((one) => ({ status: Number(one.slice(9, 12)), body: one.slice(one.indexOf('\r\n\r\n') + 4) }));

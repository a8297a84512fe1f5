import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';

export type PublicDoor = Awaited<ReturnType<typeof publicDoor>>;

/** What stands behind PUBLIC_URL: a proxy, as providers see one, before an API that takes any free port. */
export async function publicDoor() {
  let inside = '';
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    const call = forward(new URL(url!, inside), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    call.on('error', () => response.destroy());
    request.pipe(call);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo: (url: string) => void (inside = url),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

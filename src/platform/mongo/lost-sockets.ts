import { Socket } from 'node:net';

const MENDED = Symbol.for('tuco.lost-sockets');

/**
 * A socket that is destroyed never drains. The driver (7.8, 7.9) waits for just that when it writes to one in the moment between the loss of
 * a connection and the news of it: for ever, since the news then finds nobody who reads. A request would hang; the driver's look for a lost
 * server would, too, and with it the whole instance until it is started anew. To whoever writes to a destroyed socket there is room; what
 * became of the connection is told by its `close`, which the driver does listen to.
 */
export function doNotWaitForLostSockets(): void {
  const prototype = Socket.prototype as Socket & { [MENDED]?: true };
  if (prototype[MENDED]) return;
  prototype[MENDED] = true;
  const { write } = prototype;
  prototype.write = function (this: Socket, ...given: Parameters<Socket['write']>) {
    return write.apply(this, given) || this.destroyed;
  } as Socket['write'];
}

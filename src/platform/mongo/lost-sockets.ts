import { Socket } from 'node:net';

const MENDED = Symbol.for('tuco.lost-sockets');

/**
 * A socket that is destroyed never drains. The driver (7.8, 7.9) waits for just that when it writes to one in
 * the moment between the loss of a connection and its `close`: for ever, since the `close` then finds nobody
 * who reads. A request would hang; the driver's monitor of a lost server would, too, and with it the whole
 * instance until it is restarted. So a socket says `drain` when it closes; the driver then sees that the
 * connection is lost.
 */
export function endWaitsForLostSockets(): void {
  const prototype = Socket.prototype as Socket & { [MENDED]?: true };
  if (prototype[MENDED]) return;
  prototype[MENDED] = true;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with the socket below
  const { _destroy } = prototype;
  prototype._destroy = function (this: Socket, error, done) {
    this.once('close', () => this.emit('drain'));
    _destroy.call(this, error, done);
  };
}

import { lookup } from 'node:dns';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config';
import { isPrivateAddress } from '../../platform/targets';
import { NeverConnected } from '../domain/downloads';
import { guardedLookup, inPrivateRange, whyNotConnected } from './guarded-lookup';

/** Nobody who uses a socket is to end the process by having gone away. */
const nobody = () => undefined;

/**
 * The one way to connect to a host that a tenant gave, where no URL is called. The resolved address is
 * checked when connecting, so that a name cannot change its answer in between.
 */
@Injectable()
export class GuardedSocket {
  /** Looks a name up: every address that it has. */
  protected readonly resolve: typeof lookup = lookup;
  /** What certificates are verified by, beside what the system trusts. */
  protected readonly trusted: Pick<ConnectionOptions, 'ca'> = {};

  constructor(private readonly config: Config) {}

  /**
   * Opens a connection. It is dropped where it is not open in time.
   * @throws NeverConnected
   */
  connect({ host, port }: { host: string; port: number }): Promise<Socket> {
    if (isIP(host) && !this.allowed(host)) return Promise.reject(inPrivateRange());
    const within = this.config.PROVIDER_CONNECT_SECONDS * 1_000;
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port, lookup: this.lookup, autoSelectFamily: true, noDelay: true });
      const fail = (why: string) => {
        clearTimeout(timer);
        socket.destroy();
        reject(new NeverConnected(why));
      };
      const timer = setTimeout(() => fail('the connection was not opened in time'), within);
      socket.on('error', nobody);
      socket.once('error', (error) => fail(whyNotConnected(reasonOf(error))));
      socket.once('connect', () => {
        clearTimeout(timer);
        resolve(socket);
      });
    });
  }

  /** What TLS to the host is begun with: its certificate is verified. */
  tlsOf(host: string): ConnectionOptions {
    return { ...this.trusted, ...(isIP(host) ? { host } : { servername: host, host }) };
  }

  /** Goes over to TLS on an open connection. What fails is an event `error` of what is returned. */
  secure(socket: Socket, host: string, ready: () => void): TLSSocket {
    const secured = connectTls({ ...this.tlsOf(host), socket }, ready);
    secured.on('error', nobody);
    return secured;
  }

  protected allowed(address: string): boolean {
    return this.config.ALLOW_PRIVATE_TARGETS || !isPrivateAddress(address);
  }

  private readonly lookup = guardedLookup(
    () => this.resolve,
    (address) => this.allowed(address),
  );
}

/** Where several addresses were tried, each has an error of its own. */
const reasonOf = (error: Error): Error => {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  return first instanceof Error ? first : error;
};

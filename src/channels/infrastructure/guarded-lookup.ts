import type { lookup, LookupAddress, LookupOptions } from 'node:dns';
import { NeverConnected } from '../domain/downloads';

type LookupCallback = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;
export type GuardedLookup = (hostname: string, options: LookupOptions, callback: LookupCallback) => void;

const PRIVATE = 'the address is in a private range';

export const inPrivateRange = (): NeverConnected => new NeverConnected(PRIVATE);

/** Looks a name up for a connection and leaves out what it must not lead to. */
export const guardedLookup =
  (resolve: () => typeof lookup, allowed: (address: string) => boolean): GuardedLookup =>
  (hostname, options, callback) => {
    resolve()(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const good = addresses.filter(({ address }) => allowed(address));
      const [first] = good;
      if (!first) return callback(inPrivateRange(), []);
      return options.all ? callback(null, good) : callback(null, first.address, first.family);
    });
  };

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  UND_ERR_CONNECT_TIMEOUT: 'the connection was not opened in time',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another host',
};

/** Why a connection was not opened, in words without any address. */
export function whyNotConnected(error: Error): string {
  if (error instanceof NeverConnected) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  return (code && REASONS[code]) ?? `the connection could not be opened${code ? ` (${code})` : ''}`;
}

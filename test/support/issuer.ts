import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const ISSUER = 'https://clerk.example.com';
export const PARTY = 'https://app.example.com';

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = () => Math.floor(Date.now() / 1_000);

/** A session issuer as Clerk is one: its keys, its tokens, its key set over HTTP. */
export class Issuer {
  private readonly pair = generateKeyPairSync('rsa', { modulusLength: 2048 });

  constructor(readonly kid = 'key-1') {}

  get pem(): string {
    return this.pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  }

  get jwk(): object {
    return { ...this.pair.publicKey.export({ format: 'jwk' }), kid: this.kid, use: 'sig', alg: 'RS256' };
  }

  claims(more: object = {}): object {
    const times = { iat: now() - 5, nbf: now() - 5, exp: now() + 600 };
    return { iss: ISSUER, azp: PARTY, sub: 'user_1', sid: 'sess_1', ...times, ...more };
  }

  /** A token with these claims over the usual ones. */
  token(claims: object = {}, header: object = {}, key: KeyObject = this.pair.privateKey): string {
    const signed = `${part({ alg: 'RS256', typ: 'JWT', kid: this.kid, ...header })}.${part(this.claims(claims))}`;
    return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`;
  }

  /** Signed with the public key as if it were a shared secret. */
  hmacToken(claims: object = {}): string {
    const signed = `${part({ alg: 'HS256', typ: 'JWT', kid: this.kid })}.${part(this.claims(claims))}`;
    return `${signed}.${createHmac('sha256', this.pem).update(signed).digest('base64url')}`;
  }

  unsignedToken(claims: object = {}, alg = 'none'): string {
    return `${part({ alg, typ: 'JWT', kid: this.kid })}.${part(this.claims(claims))}.`;
  }
}

/** Serves key sets; `publish` changes what it serves, `null` makes it fail. */
export async function startKeySet(): Promise<{
  url: string;
  asked: () => number;
  publish(keys: object[] | null): void;
  close(): void;
}> {
  let keys: object[] | null = [];
  let asked = 0;
  const server = createServer((_, answer) => {
    asked += 1;
    answer.writeHead(keys ? 200 : 500, { 'content-type': 'application/json' });
    answer.end(keys ? JSON.stringify({ keys }) : 'broken');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/.well-known/jwks.json`,
    asked: () => asked,
    publish: (fresh) => (keys = fresh),
    close: () => server.close(),
  };
}

import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { verifyToken } from '@clerk/backend';
import { Injectable, Logger } from '@nestjs/common';
import { request } from 'undici';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { type Session, sessionFromClaims, Sessions } from '../domain/sessions';

const KEYS_GOOD_FOR_MS = 60 * 60_000;
/** An unknown key id makes the product fetch the keys again, at most this often. */
const FETCH_AGAIN_AFTER_MS = 10_000;
const JWKS_WITHIN_MS = 3_000;
const CLOCK_SKEW_MS = 5_000;

/** Where sessions come from: Clerk, or the local issuer in its place. */
export interface SessionIssuer {
  issuer: string;
  authorizedParties: string[];
  /** A PEM public key, or the URL of a key set. */
  pem?: string;
  jwksUrl?: string;
}

/**
 * Clerk's session tokens: RS256, by a PEM or by the issuer's key set, which is fetched when needed and kept
 * for an hour.
 */
@Injectable()
export class ClerkSessions extends Sessions {
  private readonly logger = new Logger(ClerkSessions.name);
  private keys = new Map<string, string>();
  private fetchedAt = -Infinity;
  private fetching?: Promise<void>;

  constructor(
    private readonly issuers: SessionIssuer[],
    private readonly clock: Clock,
  ) {
    super();
  }

  async verify(token: string): Promise<Session | null> {
    const [header, claims] = token.split('.').slice(0, 2).map(parsePart);
    if (!header || !claims || header.alg !== 'RS256') return null;
    const issuer = this.issuers.find((candidate) => candidate.issuer === claims.iss);
    if (!issuer) return null;
    const jwtKey = issuer.pem ?? (await this.keyOf(issuer.jwksUrl!, String(header.kid)));
    if (!jwtKey) return null;
    try {
      const verified = await verifyToken(token, {
        jwtKey,
        authorizedParties: issuer.authorizedParties,
        clockSkewInMs: CLOCK_SKEW_MS,
      });
      // Clerk's library lets a token without `azp` pass; where parties are configured, the product does not.
      if (issuer.authorizedParties.length > 0 && !verified.azp) return null;
      return sessionFromClaims(verified);
    } catch {
      return null;
    }
  }

  private async keyOf(url: string, kid: string): Promise<string | undefined> {
    const age = this.clock.now().getTime() - this.fetchedAt;
    // A key that is being fetched is waited for by all who need it.
    const worthAsking = this.fetching !== undefined || age > FETCH_AGAIN_AFTER_MS;
    if (age > KEYS_GOOD_FOR_MS || (!this.keys.has(kid) && worthAsking)) {
      this.fetching ??= this.fetchKeys(url).finally(() => (this.fetching = undefined));
      await this.fetching;
    }
    return this.keys.get(kid);
  }

  private async fetchKeys(url: string): Promise<void> {
    this.fetchedAt = this.clock.now().getTime();
    try {
      const { statusCode, body } = await request(url, { headersTimeout: JWKS_WITHIN_MS, bodyTimeout: JWKS_WITHIN_MS });
      if (statusCode !== 200) throw new Error(`The key set answered ${statusCode}`);
      const { keys } = (await body.json()) as { keys: (JsonWebKey & { kid?: string })[] };
      this.keys = new Map(keys.filter((jwk) => jwk.kty === 'RSA').map((jwk) => [jwk.kid ?? '', pemOf(jwk)]));
    } catch (error) {
      // Known keys stay good: a key set that is away must not lock everybody out.
      this.logger.error({ err: error }, "The session issuer's key set could not be read");
    }
  }
}

const pemOf = (jwk: JsonWebKey): string =>
  createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();

function parsePart(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** The issuers that the configuration names. */
export function issuersOf(config: Config, localIssuer: SessionIssuer | null): SessionIssuer[] {
  const issuers: SessionIssuer[] = [];
  if (config.CLERK_ISSUER) {
    issuers.push({
      issuer: config.CLERK_ISSUER,
      authorizedParties: config.CLERK_AUTHORIZED_PARTIES ?? [],
      pem: config.CLERK_JWT_KEY?.replaceAll('\\n', '\n'),
      jwksUrl: config.CLERK_JWKS_URL,
    });
  }
  if (localIssuer) issuers.push(localIssuer);
  return issuers;
}

import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { NotFound } from '../../platform/errors';
import { RateLimits } from '../../platform/rate-limits';
import { RateLimitExceeded, Unauthorized } from '../domain/auth.errors';
import { type SignedIn, SignInCodes } from '../domain/sign-in-codes';

/** Nobody types a code, so a few tries a minute are plenty. */
const TRIES_PER_MINUTE = 20;

/** Signs people in by the one-time codes of the local issuer. */
@Injectable()
export class SignInService {
  constructor(
    private readonly codes: SignInCodes,
    private readonly rateLimits: RateLimits,
    private readonly clock: Clock,
  ) {}

  /**
   * @param address of the caller, whose tries are counted
   * @throws NotFound where there is no local issuer
   * @throws RateLimitExceeded, Unauthorized
   */
  async signIn(code: string, address: string): Promise<SignedIn> {
    if (!this.codes.areGiven) throw new NotFound('Endpoint');
    const { isAllowed, msLeft } = await this.rateLimits.consume(`sign-in:${address}`, TRIES_PER_MINUTE, 1);
    if (!isAllowed) throw new RateLimitExceeded(msLeft / 1_000);
    const signedIn = this.codes.exchange(code, this.clock.now());
    if (!signedIn) throw new Unauthorized();
    return signedIn;
  }
}

import { DomainError } from '../errors';

/** No worker has given a sign of life lately, or Redis, where they give it, does not answer. */
export class NoWorkers extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'NO_WORKERS';
  constructor() {
    super('No worker is known to be alive: nothing is sent, imported or told');
  }
}

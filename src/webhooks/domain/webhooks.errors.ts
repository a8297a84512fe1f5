import { DomainError } from '../../platform/errors';
import { MAX_WEBHOOKS } from './limits';

export class TooManyWebhooks extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'TOO_MANY_WEBHOOKS';
  constructor() {
    super(`A workspace has at most ${MAX_WEBHOOKS} webhooks`);
  }
}

export class WebhookInactive extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'WEBHOOK_INACTIVE';
  constructor() {
    super('The webhook is switched off; switch it on before you replay deliveries');
  }
}

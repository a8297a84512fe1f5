import { eventually } from './eventually';
import type { Received, Receiver } from './receiver';
import type { Tenant } from './test-app';

export interface Endpoint {
  id: string;
  path: string;
  secret: string;
}

export interface ShownDelivery {
  _id: string;
  eventId: string;
  event: string;
  state: string;
  attempts: number;
  nextAttemptAt: string | null;
  statusCode: number | null;
  error: string | null;
  response: string | null;
  replayOf: string | null;
  body: string;
}

/** A tenant's webhooks, with somebody else's server behind them. */
export class HookDesk {
  private made = 0;

  constructor(
    readonly tenant: Tenant,
    private readonly receiver: Receiver,
  ) {}

  async subscribe(events: string[]): Promise<Endpoint> {
    this.made += 1;
    const path = `/hooks/${this.tenant.id}/${this.made}`;
    const { body } = await this.tenant.post('/webhooks', { url: this.receiver.url + path, name: 'CRM', events }).expect(201);
    return { id: body.id as string, path, secret: body.secret as string };
  }

  /** Waits until the endpoint got so many, and gives them. */
  got({ path }: Endpoint, count = 1): Promise<Received[]> {
    return eventually(() => {
      const found = this.receiver.at(path);
      return Promise.resolve(found.length >= count && found);
    });
  }

  /** How many it got so far. */
  count({ path }: Endpoint): number {
    return this.receiver.at(path).length;
  }

  async log({ id }: Endpoint, query = ''): Promise<ShownDelivery[]> {
    return (await this.tenant.get(`/webhooks/${id}/deliveries?limit=200${query}`).expect(200)).body.deliveries;
  }

  /** Waits until the newest delivery is as it should be. */
  newest(endpoint: Endpoint, isSo: (delivery: ShownDelivery) => boolean): Promise<ShownDelivery> {
    return eventually(async () => {
      const [first] = await this.log(endpoint);
      return first && isSo(first) && first;
    });
  }

  async shown({ id }: Endpoint) {
    return (await this.tenant.get(`/webhooks/${id}`).expect(200)).body;
  }
}

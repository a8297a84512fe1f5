import type { SendEntry } from '@tuco/bluebubbles-simulator';
import { Messages } from '../../src/messages';
import { Ticks } from '../../src/platform/ticks';
import { SendJob } from '../../src/sending';
import { eventually } from './eventually';
import type { Tenant, TestApp } from './test-app';

/** What a send job says. */
export interface Job {
  messageId: string;
  revision: number;
}

/**
 * The sends of a tenant on instances that do no work by themselves: each run of a job is the test's own, by
 * whichever instance.
 */
export class SendDesk {
  constructor(
    readonly instances: TestApp[],
    readonly tenant: Tenant,
  ) {}

  private get first(): TestApp {
    return this.instances[0]!;
  }

  async direct(body: object): Promise<string> {
    const { status, body: answer } = await this.tenant.post('/messages', { message: 'Hi', ...body });
    if (!answer.success) throw new Error(`${status} ${JSON.stringify(answer)}`);
    return answer.message._id as string;
  }

  get(id: string) {
    return this.tenant
      .get(`/messages/${id}`)
      .expect(200)
      .then(({ body }) => body);
  }

  /** Waits until the message is its line's next, and gives the job that says so. */
  turnOf(messageId: string): Promise<Job> {
    return eventually(async () => {
      await this.first.app.get(Ticks).now('dispatch');
      const message = await this.first.app.get(Messages).findForJob(messageId);
      return message?.turnLineId ? { messageId, revision: message.revision } : null;
    });
  }

  run({ messageId, revision }: Job, { app } = this.first): Promise<void> {
    return app.get(SendJob).run({ messageId, moves: revision });
  }

  /** What arrived at the address. */
  arrived(address: string): SendEntry[] {
    return (this.first.simulator.ledger({ kind: 'send', address }) as SendEntry[]).filter(({ outcome }) => outcome === 'sent');
  }

  async usage(): Promise<{ totalMessagesCount: number; newConversationsCount: number }> {
    return (await this.tenant.get('/lines/by-user').expect(200)).body.lines[0].usage;
  }
}

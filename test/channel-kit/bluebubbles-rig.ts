import { QUICK_TIMES, type Simulator, startBlueBubblesSimulator } from '@tuco/bluebubbles-simulator';
import type { ChannelLine, Outgoing } from '../../src/channels';
import { BlueBubblesChannel } from '../../src/channels/bluebubbles/bluebubbles.channel';
import { GuardedHttp } from '../../src/channels/infrastructure/guarded-http';
import { SystemClock } from '../../src/platform/clock';
import { type Config, readConfig } from '../../src/platform/config';
import { bridgeLine } from '../support/bridge-line';

export const testConfig = (more: Record<string, string> = {}): Config =>
  readConfig({
    MONGODB_URI: 'mongodb://127.0.0.1:1/none',
    REDIS_URL: 'redis://127.0.0.1:1',
    ENCRYPTION_KEY: '0'.repeat(64),
    LOCAL_ISSUER: 'true',
    ALLOW_PRIVATE_TARGETS: 'true',
    PROVIDER_TIMEOUT_SECONDS: '1',
    PROVIDER_CONNECT_SECONDS: '1',
    ...more,
  });

/** The adapter with simulated bridges behind it, row by row. */
export class BlueBubblesRig {
  readonly line: ChannelLine;
  private serial = 0;

  private constructor(
    readonly simulator: Simulator,
    readonly channel: BlueBubblesChannel,
    private readonly http: GuardedHttp,
  ) {
    this.line = bridgeLine(simulator.url, 'one');
  }

  static async start(): Promise<BlueBubblesRig> {
    const bridges = [{ password: 'one' }, { password: 'two' }];
    const simulator = await startBlueBubblesSimulator({ ledgerFile: null, bridges, times: QUICK_TIMES });
    const config = testConfig({ PROVIDER_TIMEOUT_SECONDS: '3' });
    const http = new GuardedHttp(config);
    return new BlueBubblesRig(simulator, new BlueBubblesChannel(http, new SystemClock(), config), http);
  }

  /** A number of nobody else. */
  someone(ending = 40): string {
    this.serial += 1;
    return `+1416${String(2_000_000 + this.serial * 100 + ending)}`;
  }

  /** Somebody with a chat, by its guid. */
  chat(address: string, service = 'iMessage', bridge = 0): string {
    return this.simulator.openChat({ addresses: [address], service, bridge }).guid;
  }

  outgoing(to: string, more: Partial<Outgoing> = {}): Outgoing {
    this.serial += 1;
    return {
      to,
      text: 'Hello',
      providerId: `rows-${this.serial}`,
      conversation: null,
      opensChat: false,
      callbackUrl: null,
      ...more,
    };
  }

  send(to: string, more: Partial<Outgoing> = {}) {
    return this.channel.send(this.line, this.outgoing(to, more));
  }

  async close(): Promise<void> {
    await this.http.onApplicationShutdown();
    await this.simulator.stop();
  }
}

import { LinesService } from '../../src/lines';
import type { Tenant, TestApp } from './test-app';

/** Makes accounts and lines as a caller does, on the simulator's first bridge. */
export class AccountDesk {
  constructor(
    private readonly test: TestApp,
    readonly tenant: Tenant,
  ) {}

  good(bridgePassword = 'one') {
    const settings = { bridgeUrl: `${this.test.simulator.url}/` };
    return { channel: 'imessage', name: 'Mac in Berlin', settings, secrets: { bridgePassword } };
  }

  /** What a line says of its bridge that is on no account by name. */
  bridge(bridgePassword = 'one', deviceId?: string) {
    return { bridgeUrl: this.test.simulator.url, bridgePassword, deviceId };
  }

  async make(fields: object = this.good()) {
    return (await this.tenant.post('/accounts', fields).expect(201)).body;
  }

  async all(): Promise<{ _id: string }[]> {
    return (await this.tenant.get('/accounts').expect(200)).body.accounts;
  }

  async lineOn(fields: object) {
    return (await this.tenant.post('/lines', { phone: '+12025550155', ...fields }).expect(201)).body;
  }

  /** The line as its adapter gets it. */
  async opened(lineId: string) {
    const lines = this.test.app.get(LinesService);
    return lines.channelLine(await lines.get(this.tenant.id, lineId));
  }
}

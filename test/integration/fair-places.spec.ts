import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { eventually } from '../support/eventually';
import { type FileServer, PNG, startFileServer } from '../support/file-server';
import { SendDesk } from '../support/send-desk';
import { ShiftedClock } from '../support/shifted-clock';
import { BRIDGE_PASSWORDS, startTestApp, type TestApp } from '../support/test-app';

const PLACES = 2;
const HUNG_LINES = 3 * PLACES;

/** A bridge that takes connections and says nothing. */
class SilentBridge {
  readonly calls = new Set<Socket>();
  private constructor(private readonly server: Server) {}

  static async start(): Promise<SilentBridge> {
    const bridge = new SilentBridge(createServer((socket) => void bridge.calls.add(socket.on('error', () => undefined))));
    await new Promise<void>((done) => bridge.server.listen(0, '127.0.0.1', done));
    return bridge;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    for (const socket of this.calls) socket.destroy();
    this.server.close();
  }
}

describe('workspaces that share a worker', () => {
  let test: TestApp;
  let silent: SilentBridge;
  beforeAll(async () => {
    silent = await SilentBridge.start();
    test = await startTestApp(
      { SEND_CONCURRENCY: String(PLACES), PROVIDER_TIMEOUT_SECONDS: '100', DEVICE_GAP_SECONDS: '0' },
      new ShiftedClock().aheadToNoon(),
    );
  });
  afterAll(async () => {
    silent.stop();
    await test.close();
  });

  it('get their files while the file server of another one drips, and none of theirs is lost', async () => {
    const web: FileServer = await startFileServer();
    const dripping = new Set<() => void>();
    try {
      web.files.set('/cat.png', PNG);
      web.files.set('/drip.png', (_, response) => {
        response.writeHead(200).write(PNG.subarray(0, 8));
        dripping.add(() => response.end(PNG.subarray(8)));
      });
      const slow = new SendDesk([test], await test.tenant());
      for (let n = 0; n < 2 * PLACES; n += 1) {
        const { body } = await slow.tenant
          .post('/lines', {
            phone: `+1202555015${n}`,
            deviceId: `drip-${n}`,
            bridgeUrl: test.simulator.url,
            bridgePassword: BRIDGE_PASSWORDS[1],
          })
          .expect(201);
        const attachmentUrls = [`${web.url}/drip.png`];
        await slow.direct({ recipientEmail: `p${n}@drip.example`, fromLineId: body._id, attachmentUrls });
      }
      await eventually(async () => dripping.size >= PLACES);
      const desk = new SendDesk([test], await test.tenant());
      await test.line(desk.tenant);
      const recipientEmail = 'someone@files.example';
      await desk.direct({ recipientEmail, attachmentUrls: [`${web.url}/cat.png`] });
      await eventually(async () => desk.arrived(recipientEmail).length > 0);
      const { body } = await slow.tenant.get('/messages').expect(200);
      expect(body.messages.map(({ status }: { status: string }) => status)).not.toContain('failed');
    } finally {
      for (const end of dripping) end();
      await web.close();
    }
  });

  it('send while the bridge of another one answers nothing, however many lines it has', async () => {
    const hung = new SendDesk([test], await test.tenant());
    for (let n = 0; n < HUNG_LINES; n += 1) {
      const { body } = await hung.tenant
        .post('/lines', { phone: `+1202555014${n}`, deviceId: `hung-${n}`, bridgeUrl: silent.url, bridgePassword: 'x' })
        .expect(201);
      await hung.direct({ recipientEmail: `p${n}@hung.example`, fromLineId: body._id });
    }
    await eventually(async () => silent.calls.size >= PLACES);

    const desk = new SendDesk([test], await test.tenant());
    await test.line(desk.tenant);
    const recipientEmail = 'someone@well.example';
    await desk.direct({ recipientEmail });
    await eventually(async () => desk.arrived(recipientEmail).length === 1);

    // All of them wait, though there are places for two.
    await eventually(async () => silent.calls.size >= HUNG_LINES);
    const { body } = await hung.tenant.get('/messages').expect(200);
    expect(body.messages.map(({ status }: { status: string }) => status)).not.toContain('failed');
  });
});

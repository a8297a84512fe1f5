import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelLine, SendOutcome } from '../../src/channels';
import { GuardedSocket } from '../../src/channels/infrastructure/guarded-socket';
import { TxtRecords } from '../../src/channels/infrastructure/txt-records';
import { SmtpChannel } from '../../src/channels/smtp/smtp.channel';
import { testConfig } from './bluebubbles-rig';

const STAGES = ['greeting', 'EHLO', 'MAIL', 'RCPT', 'DATA', 'the dot'] as const;
type Stage = (typeof STAGES)[number];
const BEFORE_THE_MAIL = STAGES.filter((stage) => stage !== 'the dot');

const ANSWERS: Record<Stage, string> = {
  greeting: '220 relay.example',
  EHLO: '250-relay.example\r\n250 8BITMIME',
  MAIL: '250 2.1.0 OK',
  RCPT: '250 2.1.5 OK',
  DATA: '354 Go ahead',
  'the dot': '250 2.0.0 Taken',
};

/** A relay that takes its time at one stage, and keeps all that it hears. */
class SlowRelay {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  slowAt: { stage: Stage; until: Promise<unknown> } | null = null;
  isPipelining = false;
  heard = '';
  taken = 0;

  constructor() {
    this.server = createServer((socket) => void this.talk(socket));
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async talk(socket: Socket): Promise<void> {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    await this.answer(socket, 'greeting');
    let [text, isData] = ['', false];
    let work = Promise.resolve();
    socket.on('data', (chunk) => {
      this.heard += chunk.toString('latin1');
      text += chunk.toString('latin1');
      work = work.then(async () => {
        for (;;) {
          const end = isData ? text.indexOf('\r\n.\r\n') : text.indexOf('\r\n');
          if (end < 0) return;
          const said = text.slice(0, end);
          text = text.slice(end + (isData ? 5 : 2));
          if (isData) this.taken += 1;
          const stage = isData ? 'the dot' : STAGES.find((one) => said.toUpperCase().startsWith(one));
          isData = stage === 'DATA';
          if (stage) await this.answer(socket, stage);
          else socket.end('221 Bye\r\n');
        }
      });
    });
  }

  private async answer(socket: Socket, stage: Stage): Promise<void> {
    if (this.slowAt?.stage === stage) await this.slowAt.until;
    const pipelining = stage === 'EHLO' && this.isPipelining ? '250-relay.example\r\n250-PIPELINING\r\n250 8BITMIME' : null;
    if (!socket.destroyed) socket.write(`${pipelining ?? ANSWERS[stage]}\r\n`);
  }
}

describe('a relay that takes its time', () => {
  let relay: SlowRelay;
  let channel: SmtpChannel;
  let line: ChannelLine;

  beforeEach(async () => {
    relay = new SlowRelay();
    const settings = { smtpHost: '127.0.0.1', smtpPort: await relay.listen(), smtpSecurity: 'none' };
    const config = testConfig({ PROVIDER_TIMEOUT_SECONDS: '20' });
    channel = new SmtpChannel(new GuardedSocket(config), new TxtRecords(), config);
    const account = { id: 'account', settings, secrets: {} };
    line = { id: 'line', phone: null, email: 'sam@acme.example', bridgeUrl: null, bridgePassword: null, account };
  });
  afterEach(async () => {
    channel.onApplicationShutdown();
    await relay.close();
  });

  const send = (startWithinMs?: number): Promise<SendOutcome> =>
    channel.send(line, {
      to: 'ann@lake.example',
      text: 'The text itself',
      providerId: 'tuco-1',
      conversation: null,
      opensChat: false,
      callbackUrl: null,
      startWithinMs,
    });

  describe.each([
    ['one command after the other', false],
    ['commands at once', true],
  ])('%s', (_, isPipelining) => {
    beforeEach(() => void (relay.isPipelining = isPipelining));

    it.each(BEFORE_THE_MAIL)('that answers at the stage %s after the mail had to begin gets none', async (stage) => {
      let goOn = () => {};
      relay.slowAt = { stage, until: new Promise<void>((resolve) => void (goOn = resolve)) };
      expect(await send(150)).toEqual({ kind: 'not-started' });
      goOn();
      // What it asks for by then is not answered any more.
      await sleep(50);
      expect([relay.taken, relay.heard.includes('The text itself')]).toEqual([0, false]);
    });

    it.each(BEFORE_THE_MAIL)('that answers at the stage %s while there is time gets it', async (stage) => {
      relay.slowAt = { stage, until: sleep(30) };
      expect(await send(15_000)).toMatchObject({ kind: 'accepted' });
      expect(relay.taken).toBe(1);
    });
  });

  it('that takes the mail in time may answer later', async () => {
    relay.slowAt = { stage: 'the dot', until: sleep(700) };
    expect(await send(500)).toMatchObject({ kind: 'accepted' });
    expect(relay.taken).toBe(1);
  });

  it('is asked by a connection that was kept, with the same end', async () => {
    expect(await send()).toMatchObject({ kind: 'accepted' });
    relay.slowAt = { stage: 'MAIL', until: new Promise(() => {}) };
    expect(await send(150)).toEqual({ kind: 'not-started' });
    expect(relay.taken).toBe(1);
  });

  it('is not called at all where the time is over already', async () => {
    expect(await send(0)).toEqual({ kind: 'not-started' });
    expect(relay.heard).toBe('');
  });

  it('asks for the mail just when the process is busy: it does not go', async () => {
    relay.slowAt = {
      stage: 'DATA',
      until: sleep(40).then(() => {
        const until = Date.now() + 250;
        while (Date.now() < until);
      }),
    };
    expect(await send(200)).toEqual({ kind: 'not-started' });
    expect(relay.taken).toBe(0);
  });
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Controls, QUICK_TIMES, type SendEntry, startBlueBubblesSimulator } from '@tuco/bluebubbles-simulator';
import { BlueBubblesChannel } from '../../src/channels/bluebubbles/bluebubbles.channel';
import { GuardedHttp } from '../../src/channels/infrastructure/guarded-http';
import { SystemClock } from '../../src/platform/clock';
import { bridgeLine } from '../support/bridge-line';
import { freePort } from '../support/free-port';
import { testConfig } from './bluebubbles-rig';
import { type ChannelRig, itKeepsTheChannelContract, type Provocation } from './channel-contract';

/** One that needs encoding in a URL, so that both ways of saying it are looked for. */
const PASSWORD = 'päss wörd&1';

/** How the simulator is told. */
const CONTROLS: Record<Provocation, Partial<Controls>> = {
  refuses: { faults: [{ name: 'row-error', error: 25, times: null }] },
  'times-out': { latencyMs: 60_000, holdMs: 60_000 },
  'cuts-the-connection': { proxy: { page: 'cut', after: true } },
  'answers-garbage': { proxy: { page: 'page-200', after: true } },
  'lies-200-with-error': { faults: [{ name: 'row-error', times: null }] },
  'answers-5xx': { proxy: { page: 'bad-gateway-502' } },
};

/** What a bridge answers with the password in its words, as a careless one may. */
async function tellTale(): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    request.resume();
    const error = { type: 'Authentication Error', message: `${PASSWORD} is not the password, see ${request.url}` };
    response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify({ status: 401, message: 'No', error }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

itKeepsTheChannelContract('BlueBubbles', async (): Promise<ChannelRig> => {
  const simulator = await startBlueBubblesSimulator({ ledgerFile: null, bridges: [{ password: PASSWORD }], times: QUICK_TIMES });
  const gossip = await tellTale();
  const config = testConfig();
  const http = new GuardedHttp(config);
  const line = bridgeLine(simulator.url, PASSWORD);
  const magic = (serial: number, ending: number) => `+1415${String(2_000_000 + serial * 100 + ending)}`;
  const sends = () => simulator.ledger({ kind: 'send' }) as SendEntry[];
  const messageOf = (externalId: string) => ({
    guid: externalId,
    text: 'Hello',
    isFromMe: true,
    handle: null,
    chats: [],
    error: 0,
    dateCreated: Date.now(),
    dateDelivered: null as number | null,
  });
  const channel = new BlueBubblesChannel(http, new SystemClock(), config);
  return {
    channel,
    line,
    lineWithWrongSecret: { ...line, bridgeUrl: gossip.url },
    lineToNobody: { ...line, bridgeUrl: `http://127.0.0.1:${await freePort()}` },
    secrets: [PASSWORD],
    reachable: (serial) => magic(serial, 40),
    notOnChannel: (serial) => magic(serial, 12),
    provoke: (what) => {
      simulator.control({ reset: true, ...(what && CONTROLS[what]) });
    },
    passed: () =>
      sends()
        .filter(({ outcome }) => outcome === 'sent')
        .map(({ address, text, attachment }) => ({ to: address, text, attachments: attachment ? [attachment.name] : [] })),
    asked: () => simulator.ledger({ kind: 'availability' }).length,
    reply: async (address, text) => ({ type: 'new-message', data: (await simulator.reply({ address, text })).message }),
    receipt: (externalId) => ({ type: 'updated-message', data: { ...messageOf(externalId), dateDelivered: Date.now() } }),
    sendError: (externalId) => ({ type: 'message-send-error', data: { ...messageOf(externalId), error: 22 } }),
    echo: (externalId, to) => ({ type: 'new-message', data: { ...messageOf(externalId), handle: { address: to } } }),
    async close() {
      gossip.server.closeAllConnections();
      await new Promise((resolve) => gossip.server.close(resolve));
      await http.onApplicationShutdown();
      await simulator.stop();
    },
  };
});

import { GuardedHttp } from '../../src/channels/infrastructure/guarded-http';
import { readConfig } from '../../src/platform/config';
import { bridgeLine } from '../support/bridge-line';
import { freePort } from '../support/free-port';
import { itKeepsTheChannelContract } from './channel-contract';
import { callback, openLoft } from './pigeon/loft';
import { PigeonChannel } from './pigeon/pigeon.channel';

itKeepsTheChannelContract('the sample of docs/adding-a-channel.md', async () => {
  const loft = await openLoft();
  const http = new GuardedHttp(
    readConfig({
      MONGODB_URI: 'mongodb://127.0.0.1:1/none',
      REDIS_URL: 'redis://127.0.0.1:1',
      ENCRYPTION_KEY: '0'.repeat(64),
      LOCAL_ISSUER: 'true',
      ALLOW_PRIVATE_TARGETS: 'true',
    }),
  );
  const line = bridgeLine(loft.url, loft.whistle);
  return {
    channel: new PigeonChannel(http),
    line,
    lineWithWrongSecret: { ...line, bridgePassword: 'soft' },
    lineToNobody: { ...line, bridgeUrl: `http://127.0.0.1:${await freePort()}` },
    secrets: [loft.whistle],
    reachable: (serial) => `+1415${2_000_000 + serial * 10}`,
    notOnChannel: (serial) => `+1415${2_000_001 + serial * 10}`,
    provoke: (what) => void (loft.mood = what),
    passed: () => loft.flown.map(({ to, text, attachments }) => ({ to, text, attachments })),
    reply: (from, note) => Promise.resolve({ came: 'true', from, note, ring: `r-${from}` }),
    callOf: (fields) => {
      const url = 'https://tuco.example.com/api/inbound/loft/secret';
      const { body, headers } = callback(url, loft.whistle, fields as Record<string, string>);
      const form = [...new URLSearchParams(body)];
      return { method: 'POST', url, headers, rawBody: Buffer.from(body), json: undefined, form, query: [] };
    },
    async close() {
      await http.onApplicationShutdown();
      await loft.close();
    },
  };
});

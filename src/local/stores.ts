import { join } from 'node:path';
import { startBlueBubblesSimulator } from '@tuco/bluebubbles-simulator';
import { startEmbeddedMongo } from '@tuco/embedded-mongo';
import { startEmbeddedRedis } from '@tuco/embedded-redis';
import { startMailSimulator } from '@tuco/mail-simulator';
import { startTwilioSimulator } from '@tuco/twilio-simulator';
import { makeDataFolder } from '../platform/data-folder';
import { LOCAL_BRIDGES, LOCAL_MAIL, LOCAL_TWILIO, type StoresReady } from './local-settings';

/**
 * The child process of `npm start`: both stores and the simulated providers, away from the API's event loop.
 * Says where they listen, and ends when its parent is gone.
 */
async function main([dataDir = './data', ...ports]: string[]): Promise<void> {
  const [mongoPort = '0', redisPort = '0', bridgePort = '0', twilioPort = '0', mailPort = '0', smtpPort = '0', imapPort = '0'] =
    ports;
  makeDataFolder(dataDir);
  const mongo = await startEmbeddedMongo({ dataDir: join(dataDir, 'mongo'), port: Number(mongoPort) });
  const redis = await startEmbeddedRedis({ port: Number(redisPort) });
  const simulator = await startBlueBubblesSimulator({
    port: Number(bridgePort),
    ledgerFile: join(dataDir, 'bluebubbles-ledger.jsonl'),
    bridges: LOCAL_BRIDGES.map(({ password }) => ({ password })),
  });
  const { accountSid, authToken, line } = LOCAL_TWILIO;
  const twilio = await startTwilioSimulator({
    port: Number(twilioPort),
    accounts: [{ accountSid, authToken, numbers: [line.phone] }],
  });
  const { user, password, line: sender } = LOCAL_MAIL;
  const mail = await startMailSimulator({
    accounts: [{ user, password, addresses: [sender.email] }],
    ports: { http: Number(mailPort), smtp: Number(smtpPort), imap: Number(imapPort) },
  });
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    void Promise.allSettled([simulator.stop(), twilio.stop(), mail.stop(), redis.stop(), mongo.stop()]).finally(() =>
      process.exit(0),
    );
  };
  process.on('disconnect', end);
  process.on('SIGTERM', end);
  // Ctrl-C reaches the whole group: the parent finishes its work first, then lets go of this process.
  process.on('SIGINT', () => undefined);
  const ready: StoresReady = {
    mongo: mongo.uri,
    redis: redis.uri,
    bridge: simulator.url,
    twilio: twilio.url,
    mail: { url: mail.url, host: mail.host, smtpPort: mail.smtpPort, imapPort: mail.imapPort },
  };
  process.send?.(ready);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { InvalidConfig, readConfig } from '../platform/config';
import { createApp } from '../server';
import { bootstrap } from './bootstrap';
import { StoresProcess } from './stores-process';

const DEFAULT_PORT = '3000';

/** `npm start`: everything on one machine without servers. With `MONGODB_URI` and `REDIS_URL` set, only the API and the worker. */
async function main(): Promise<void> {
  const environment = { ...process.env };
  const dataDir = resolve(environment.DATA_DIR || './data');
  const port = environment.PORT || DEFAULT_PORT;
  const given = Boolean(environment.MONGODB_URI && environment.REDIS_URL);
  if (!given && (environment.MONGODB_URI || environment.REDIS_URL)) {
    throw new InvalidConfig('Set both MONGODB_URI and REDIS_URL, or neither: without them, npm start runs the stores itself');
  }
  mkdirSync(dataDir, { recursive: true });
  const stores = new StoresProcess(dataDir);
  const ready = given ? null : await stores.start();
  let app: INestApplication | undefined;
  try {
    const config = readConfig({
      LOG_LEVEL: 'warn',
      ENCRYPTION_KEY: ready ? encryptionKey(dataDir) : undefined,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      ...environment,
      DATA_DIR: dataDir,
      ...(ready && {
        MONGODB_URI: ready.mongo,
        REDIS_URL: ready.redis,
        LOCAL_ISSUER: environment.LOCAL_ISSUER || 'true',
        ALLOW_PRIVATE_TARGETS: environment.ALLOW_PRIVATE_TARGETS || 'true',
      }),
    });
    app = await createApp(config);
    const key = ready ? await bootstrap(await app.init(), ready.bridge, config.BOOTSTRAP_API_KEY) : null;
    await app.listen(config.PORT, config.HOST);
    process.stdout.write(banner(config.PORT, dataDir, key, ready?.bridge));
  } catch (error) {
    await app?.close().catch(() => undefined);
    await stores.stop();
    throw error;
  }
  const running = app;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void running.close().finally(() => stores.stop().finally(() => process.exit(0))));
  }
}

/** The installation's key, made once. Without it the stored bridge passwords cannot be read. */
function encryptionKey(dataDir: string): string {
  const file = join(dataDir, 'encryption.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8').trim();
}

function banner(port: number, dataDir: string, key: string | null, bridge: string | undefined): string {
  const lines = [
    `Ready: http://localhost:${port}/api (data in ${dataDir})`,
    ...(key ? [`API key: ${key}`, 'Keep it: it is not shown again.'] : []),
    ...(bridge ? [`Simulated iMessage bridge: ${bridge} (what it was asked to send: ${bridge}/ledger)`] : []),
    'Sample data: run "npm run demo" in another terminal.',
  ];
  return `${lines.join('\n')}\n`;
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof InvalidConfig ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});

import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { makeSignInCode } from '../auth/infrastructure/local-sign-in-codes';
import { migrate } from '../migrate';
import { type Config, InvalidConfig, readConfig } from '../platform/config';
import { makeDataFolder } from '../platform/data-folder';
import { createApp } from '../server';
import { startFailure } from '../start-failure';
import { bootstrap } from './bootstrap';
import { LOCAL_STORES, LOCAL_WORKSPACE, type StoresReady } from './local-settings';
import { narrate } from './narration';
import { availablePort } from './port';
import { readRunning, removeRunning, writeRunning } from './running';
import { signInLink } from './sign-in-link';
import { StoresNotStarted, StoresProcess } from './stores-process';

/** How often it is looked whether npm, which passes no signal on, is still there. */
const PARENT_EVERY_MS = 500;
/** Passes the checks of the settings before the stores and the key are there. */
const NOT_YET = { MONGODB_URI: 'mongodb://not-yet', REDIS_URL: 'redis://not-yet', ENCRYPTION_KEY: '0'.repeat(64) };

type Environment = Record<string, string | undefined>;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * `npm start`: everything on one machine without servers. With `MONGODB_URI` and `REDIS_URL` set, only the
 * API and the worker.
 */
async function main(): Promise<void> {
  // What is stored here is of people, and is not for other users of this machine.
  process.umask(0o077);
  if (existsSync('.env')) process.loadEnvFile('.env');
  const environment = nonEmpty(process.env);
  const given = Boolean(environment.MONGODB_URI && environment.REDIS_URL);
  if (!given && (environment.MONGODB_URI || environment.REDIS_URL)) {
    throw new InvalidConfig('Set both MONGODB_URI and REDIS_URL, or neither: without them, npm start runs the stores itself');
  }
  if (!given && environment.NODE_ENV === 'production' && !/\bembedded-stores\b/.test(environment.ALLOW_UNSAFE ?? '')) {
    throw new InvalidConfig(
      'npm start runs stores for a trial, which are not for production: set MONGODB_URI and REDIS_URL, or NODE_ENV=development (ALLOW_UNSAFE=embedded-stores if you mean it)',
    );
  }
  const dataDir = resolve(environment.DATA_DIR ?? './data');
  const wanted = readConfig({ ...defaults(given), ...environment });
  if (wanted.APP_ROLE === 'migrate') throw new InvalidConfig('npm start migrates by itself; unset APP_ROLE');
  if (wanted.APP_ROLE === 'reseal') throw new InvalidConfig('npm start seals nothing anew; run npm run reseal');
  const other = readRunning(dataDir);
  if (other) throw new InvalidConfig(`Tuco runs already on ${shown(dataDir)}: ${other.url}/api (process ${other.pid})`);
  const port = await availablePort(wanted.PORT, wanted.HOST);

  makeDataFolder(dataDir);
  // The stores are in it; where it cannot be made, that is said here.
  if (!given) makeDataFolder(join(dataDir, 'mongo'), shown(dataDir));
  closeToOthers(dataDir);
  const stores = new StoresProcess(dataDir);
  const ready = given ? null : await stores.start();
  let app: NestFastifyApplication | undefined;
  try {
    const config = readConfig({
      ...defaults(given),
      ...(ready && { ENCRYPTION_KEY: encryptionKey(dataDir) }),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      ...environment,
      DATA_DIR: dataDir,
      PORT: String(port),
      ...(ready && { MONGODB_URI: ready.mongo, REDIS_URL: ready.redis, MAIL_SIMULATOR_URL: ready.mail.url }),
    });
    await migrate(config.MONGODB_URI, 'run', { say: given ? say : () => undefined });
    app = await createApp(config);
    narrate(app, say);
    await serve(app, config, ready);
  } catch (error) {
    await app?.close().catch(() => undefined);
    await stores.stop();
    throw error;
  }
  stopOnSignal(app, stores, dataDir);
}

async function serve(app: NestFastifyApplication, config: Config, ready: StoresReady | null): Promise<void> {
  await app.init();
  const key = ready ? await bootstrap(app, ready, config.BOOTSTRAP_API_KEY) : null;
  await app.listen(config.PORT, config.HOST);
  const url = `http://localhost:${config.PORT}`;
  const own = `http://127.0.0.1:${config.PORT}`;
  writeRunning(config.DATA_DIR, {
    pid: process.pid,
    port: config.PORT,
    url: own,
    bridge: ready?.bridge ?? null,
    twilio: ready?.twilio ?? null,
    mail: ready?.mail.url ?? null,
    mongo: ready?.mongo ?? null,
  });
  say(banner(url, config, key, ready).join('\n'));
}

/**
 * Stops in order: on Ctrl-C, on SIGTERM, and when npm is gone, which does not pass SIGTERM on to what it
 * runs.
 */
function stopOnSignal(app: NestFastifyApplication, stores: StoresProcess, dataDir: string): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    void app.close().finally(() =>
      stores.stop().finally(() => {
        removeRunning(dataDir);
        say(`Stopped; your data is kept in ${shown(dataDir)}`);
        process.exit(0);
      }),
    );
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const parent = process.ppid;
  const look = () => {
    if (process.ppid !== parent && !stopping) stop();
  };
  if (process.env.npm_lifecycle_event) setInterval(look, PARENT_EVERY_MS).unref();
}

const defaults = (given: boolean): Environment => ({
  LOG_LEVEL: 'warn',
  HOST: '127.0.0.1',
  RATE_LIMIT_PER_MINUTE: '1000000',
  ...(!given && NOT_YET),
  // The stores and the bridge of npm start are on this machine, and there is no Clerk.
  ...(!given && { LOCAL_ISSUER: 'true', ALLOW_PRIVATE_TARGETS: 'true' }),
});

const nonEmpty = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));

/** The path as a person types it. */
function shown(dataDir: string): string {
  const path = relative(process.cwd(), dataDir);
  return path.startsWith('..') ? dataDir : `./${path}`;
}

/** Earlier versions left what they stored readable to other users. */
function closeToOthers(dataDir: string): void {
  for (const [name, mode] of Object.entries(LOCAL_STORES)) {
    if (existsSync(join(dataDir, name))) chmodSync(join(dataDir, name), mode);
  }
}

/** The installation's key, made once. Without it the stored bridge passwords cannot be read. */
function encryptionKey(dataDir: string): string {
  const file = join(dataDir, 'encryption.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8').trim();
}

const SIGN_IN_HINT = (own: string): string =>
  `The link signs in once, within ten minutes; "${own}npm run sign-in" prints another one.`;

function banner(url: string, { DATA_DIR, HOST, LOCAL_ISSUER }: Config, key: string | null, ready: StoresReady | null): string[] {
  const dataDir = shown(DATA_DIR);
  const own = dataDir === './data' ? '' : `DATA_DIR=${dataDir} `;
  return [
    `Ready: ${url}/api (data in ${dataDir})`,
    ...(LOCAL_ISSUER
      ? [`Dashboard: ${signInLink(url, makeSignInCode(DATA_DIR, LOCAL_WORKSPACE, new Date()))}`, SIGN_IN_HINT(own)]
      : [`Dashboard: ${url}/`]),
    ...(HOST === '127.0.0.1' ? [] : [`It listens on ${HOST}, so other machines may reach it.`]),
    ...(key
      ? [`API key: ${key}`, `Keep it: it is not shown again. "${own}npm run session-token" gives a session token at any time.`]
      : []),
    ...(key ? [] : [`No new API key was made; "${own}npm run session-token" gives a session token.`]),
    ...(ready
      ? [
          `Simulated iMessage bridge: ${ready.bridge} (what it was asked to send: ${ready.bridge}/ledger)`,
          `Simulated Twilio: ${ready.twilio} (what it was asked to send: ${ready.twilio}/ledger)`,
          `Simulated mail: ${ready.mail.url} (the mails, and buttons to answer them)`,
        ]
      : []),
    `Sample data: run "${own}npm run demo" in another terminal.`,
  ];
}

main().catch((error: unknown) => {
  const unexpected = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${startFailure(error, [StoresNotStarted]) ?? unexpected}\n`);
  process.exit(1);
});

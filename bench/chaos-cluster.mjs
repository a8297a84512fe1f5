// What the chaos cells break: the product as an API and workers in processes of their own, stores, two bridges, and a
// proxy before MongoDB.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { freePort, product, settingsFor, start } from './support.mjs';

const { localSessionToken } = createRequire(import.meta.url)('../dist/src/auth/infrastructure/local-issuer.js');

/** Stands before MongoDB: connections through it can be cut, or pass nothing on for a while. */
async function proxyTo(port) {
  const pairs = new Set();
  let [isCut, hangs] = [false, false];
  const server = createServer((near) => {
    near.on('error', () => undefined);
    if (isCut) return void near.destroy();
    const far = connect(port, '127.0.0.1');
    far.on('error', () => undefined);
    const pair = [near, far];
    pairs.add(pair);
    near.pipe(far).pipe(near);
    if (hangs) for (const socket of pair) socket.pause();
    near.on('close', () => far.destroy());
    far.on('close', () => {
      near.destroy();
      pairs.delete(pair);
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const each = (act) => pairs.forEach((pair) => pair.forEach(act));
  return {
    port: server.address().port,
    async cut(milliseconds) {
      isCut = true;
      each((socket) => socket.destroy());
      await pause(milliseconds);
      isCut = false;
    },
    async hang(milliseconds) {
      hangs = true;
      each((socket) => socket.pause());
      await pause(milliseconds);
      hangs = false;
      each((socket) => socket.resume());
    },
    close() {
      each((socket) => socket.destroy());
      server.close();
    },
  };
}

/** Ends the process at once. */
async function kill(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/**
 * @param settings of the product
 * @param workers how many, beside the API
 */
export async function chaosCluster(settings, workers) {
  const dataDir = mkdtempSync(join(tmpdir(), 'tuco-chaos-'));
  const [mongoPort, redisPort, apiPort] = [await freePort(), await freePort(), await freePort()];
  const startMongo = () =>
    start('libs/embedded-mongo/dist/main.js', ['--data', join(dataDir, 'mongo'), '--port', String(mongoPort)], {}, /ready/);
  const startRedis = () => start('libs/embedded-redis/dist/main.js', ['--port', String(redisPort)], {}, /ready/);
  const bridge = (password) =>
    start(
      'libs/bluebubbles-simulator/dist/main.js',
      ['--password', password, '--times', 'quick', '--latency-ms', '100'],
      {},
      /ready (\S+)/,
    );
  let [mongo, redis] = [await startMongo(), await startRedis()];
  const proxy = await proxyTo(mongoPort);
  const bridges = { quiet: await bridge('one'), noisy: await bridge('two') };
  const mongoUri = `mongodb://127.0.0.1:${proxy.port}/chaos?replicaSet=rs0&directConnection=true`;
  const redisUrl = `redis://127.0.0.1:${redisPort}`;
  const env = { ...settingsFor({ mongo: mongoUri, redis: redisUrl, dataDir }), ...settings };
  const api = await product({ ...env, APP_ROLE: 'api' }, apiPort);
  const worker = () => product({ ...env, APP_ROLE: 'worker' });
  const running = [];
  for (let one = 0; one < workers; one += 1) running.push(await worker());

  return {
    proxy,
    bridgeUrl: (name) => bridges[name].match[1],
    /** What the bridge has handed over so far: address and time of each. */
    async book(name) {
      const answer = await request(`${bridges[name].match[1]}/ledger?kind=send`);
      return (await answer.body.json()).filter(({ outcome }) => outcome === 'sent').map(({ address, at }) => ({ address, at }));
    },
    /** Calls of a workspace. */
    tenant(name) {
      const authorization = `Bearer ${localSessionToken(dataDir, `org_${name}`, new Date())}`;
      const headers = { 'content-type': 'application/json', authorization };
      return async (method, path, body) => {
        const answer = await request(`${api.url}/api${path}`, { method, headers, body: body && JSON.stringify(body) });
        const json = await answer.body.json();
        if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${JSON.stringify(json)}`);
        return json;
      };
    },
    /** Ends a worker at once, and starts another after a second. */
    async killWorker() {
      await kill(running[0].child);
      await pause(1_000);
      running[0] = await worker();
    },
    /** A worker that sleeps, as when a machine is suspended. */
    async stopWorker(milliseconds) {
      running[0].child.kill('SIGSTOP');
      await pause(milliseconds);
      running[0].child.kill('SIGCONT');
    },
    async killMongo() {
      await kill(mongo.child);
      await pause(1_000);
      mongo = await startMongo();
    },
    /** It keeps nothing: all jobs are lost. */
    async killRedis() {
      await kill(redis.child);
      await pause(3_000);
      redis = await startRedis();
    },
    async close() {
      for (const one of [api, ...running]) await kill(one.child);
      for (const one of [mongo, redis, ...Object.values(bridges)]) await one.stop();
      proxy.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

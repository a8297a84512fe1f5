import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { request } from 'undici';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';
import { startStore, type StoreProcess } from '../support/processes';
import { buildImage, type Image } from './image-build';

const BUILD_MS = 10 * 60_000;

interface Manifest {
  name: string;
  workspaces: string[];
  dependencies?: Record<string, string>;
}
const manifestOf = (folder: string): Manifest => JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8')) as Manifest;

/** The names of all installed packages, nested ones too. */
function installed(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => (name.startsWith('@') ? readdirSync(join(folder, name)).map((inner) => `${name}/${inner}`) : [name]))
    .flatMap((name) => [name, ...installed(join(folder, name, 'node_modules'))]);
}

describe('the production image', () => {
  const root = mkdtempSync(join(tmpdir(), 'tuco-image-'));
  let image: Image;

  beforeAll(() => {
    image = buildImage(root);
  }, BUILD_MS);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('contains no workspace package, and nothing that only they need', () => {
    const product = manifestOf('.');
    const packages = product.workspaces.map(manifestOf);
    const theirs = packages.flatMap(({ dependencies = {} }) => Object.keys(dependencies));
    const unwanted = new Set([...packages.map(({ name }) => name), ...theirs, 'lmdb', 'mingo', 'js-redis-server']);
    for (const name of Object.keys(product.dependencies!)) unwanted.delete(name);
    const names = installed(join(image.folder, 'node_modules'));
    expect(names).toEqual(expect.arrayContaining(Object.keys(product.dependencies!)));
    expect(names.filter((name) => unwanted.has(name))).toEqual([]);
  });

  it('contains neither the code of npm start nor that of the packages', () => {
    expect(readdirSync(image.folder).sort()).toEqual(['dist', 'docs', 'node_modules', 'package.json']);
    const files = readdirSync(join(image.folder, 'dist'), { recursive: true }) as string[];
    expect(files).toContain('src/main.js');
    expect(files.filter((file) => /^src\/local\b|(embedded-|simulator)/.test(file))).toEqual([]);
    const code = files.filter((file) => file.endsWith('.js'));
    expect(code.filter((file) => readFileSync(join(image.folder, 'dist', file), 'utf8').includes('@tuco/'))).toEqual([]);
  });

  describe('started as its command says', () => {
    const started: StoreProcess[] = [];
    let product: ChildProcess | undefined;

    afterAll(async () => {
      if (product && product.exitCode === null && product.signalCode === null) {
        const gone = once(product, 'exit');
        product.kill('SIGKILL');
        await gone;
      }
      await Promise.all(started.map((store) => store.stop()));
    });

    it('refuses a database that nobody migrated, migrates it in its own role, and becomes ready on given stores', async () => {
      const mongo = await startStore('embedded-mongo', ['--data', ':memory:']);
      started.push(mongo);
      const redis = await startStore('embedded-redis');
      started.push(redis);
      const port = await freePort();
      const [, ...args] = image.command;
      const start = (more: Record<string, string>) =>
        spawn(process.execPath, args, {
          cwd: image.folder,
          env: { ...image.environment, LOG_LEVEL: 'fatal', MONGODB_URI: mongo.uri, ...more },
          stdio: ['ignore', 'inherit', 'inherit'],
        });
      const serving = {
        PORT: String(port),
        HOST: '127.0.0.1',
        REDIS_URL: redis.uri,
        ENCRYPTION_KEY: randomBytes(32).toString('hex'),
        PUBLIC_URL: 'https://api.example.com',
        CLERK_AUTHORIZED_PARTIES: 'https://app.example.com',
        CLERK_ISSUER: 'https://clerk.example.com',
        CLERK_JWKS_URL: 'https://clerk.example.com/.well-known/jwks.json',
      };
      expect(await once(start(serving), 'exit')).toEqual([1, null]);
      expect(await once(start({ APP_ROLE: 'migrate' }), 'exit')).toEqual([0, null]);
      const child = start(serving);
      product = child;
      await eventually(async () => {
        if (child.exitCode !== null) throw new Error(`The product ended with ${child.exitCode}`);
        return request(`http://127.0.0.1:${port}/health/ready`).then(
          async ({ statusCode, body }) => {
            await body.dump();
            return statusCode === 200;
          },
          () => false,
        );
      }, 60_000);
    }, 120_000);
  });
});

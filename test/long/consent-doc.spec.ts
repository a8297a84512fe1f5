import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { BridgeDesk } from '../support/bridge-desk';
import { startTestApp, type TestApp } from '../support/test-app';

const SESSION = 'eval "$(npm run --silent session-token -- --env)"\n';

describe('docs/consent.md', () => {
  let test: TestApp;
  let desk: BridgeDesk;

  beforeAll(async () => {
    test = await startTestApp();
    desk = await BridgeDesk.at(test);
  });
  afterAll(async () => {
    await desk.leave();
    await test.close();
  });

  it('has a tour that comes to pass as it is pasted', async () => {
    const tour = /## A tour\n.*?```sh\n(.*?)```/s.exec(readFileSync('docs/consent.md', 'utf8'))![1]!;
    expect(tour).toContain(SESSION);
    const env = { ...process.env, API: `${test.url}/api`, KEY: desk.tenant.key, BRIDGE: test.simulator.url };
    const script = `set -e\n${tour.replace(SESSION, '')}`;
    const { stdout } = await promisify(execFile)('bash', ['-c', script], { env, timeout: 60_000 });
    const promised = [...tour.matchAll(/ # (\S+)$/gm)].map(([, answer]) => answer);
    expect(promised).toHaveLength(5);
    expect(stdout.trim().split('\n')).toEqual(promised);
  });
});

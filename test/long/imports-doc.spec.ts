import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startTestApp, type TestApp } from '../support/test-app';

const SESSION = 'eval "$(npm run --silent session-token -- --env)"\n';

describe('docs/imports.md', () => {
  let test: TestApp;
  const folder = mkdtempSync(join(tmpdir(), 'imports-'));

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await test.close();
  });

  it('tells a story that comes to pass as it is pasted', async () => {
    const blocks = [...readFileSync('docs/imports.md', 'utf8').matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block!);
    expect(blocks[0]).toContain(SESSION);
    const tenant = await test.tenant();
    const env = { ...process.env, API: `${test.url}/api`, KEY: tenant.key };
    const script = ['set -e', ...blocks].join('\n').replace(SESSION, '');
    const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: folder, env });
    expect(stdout).toContain('headerLine: 4');
    expect(stdout).toMatch(/"saved": 2,\s+"updated": 0,\s+"duplicate": 1,\s+"invalid": 1,\s+"warnings": 2,/);
    expect(stdout).toContain('taken as one,"likes tea, coffee and cake"\n');
    expect(stdout).toMatch(/^4,8,[0-9a-f]{24},phone$/m);
    expect(stdout).toMatch(/^2,6,.*,Bob,Ray,https/m);
    expect(stdout.trim().split('\n').slice(-3)).toEqual(
      [
        'Bob | bob@example.com |  | https://www.linkedin.com/in/bob-example | met at the fair',
        'Cleo | cleo@example.com |  | https://www.linkedin.com/in/cleo-example | likes tea, coffee and cake',
        'Ada | ada@example.com | +12025550101 | https://www.linkedin.com/in/ada-example | ',
      ].map((line) => line.trimEnd()),
    );
  });
});

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { BridgeDesk } from '../support/bridge-desk';
import { startTestApp, type TestApp } from '../support/test-app';

const PAGE = 'docs/api.md';
const run = promisify(execFile);

/** The blocks of the page as one program, each line where it stands on the page, so that errors name it. */
function program(page: string): string {
  let isCode = false;
  const lines = page.split('\n').map((line) => {
    const isFence = line.startsWith('```');
    if (isFence) isCode = line === '```ts';
    return isCode && !isFence ? line : '';
  });
  return lines.join('\n');
}

/** What the page says that its reader sees, in order. */
const promisedBy = (code: string): string[] => [...code.matchAll(/console\.log\(.*\/\/ (.+)$/gm)].map(([, text]) => text!);

describe('docs/api.md', () => {
  const page = readFileSync(PAGE, 'utf8');
  const code = program(page);
  let folder: string;
  let test: TestApp;
  let desk: BridgeDesk;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'guide-'));
    mkdirSync(join(folder, 'node_modules', '@tuco'), { recursive: true });
    symlinkSync(resolve('libs/client'), join(folder, 'node_modules', '@tuco', 'client'));
    test = await startTestApp();
    desk = await BridgeDesk.at(test);
  });
  afterAll(async () => {
    await desk.leave();
    await test.close();
    rmSync(folder, { recursive: true });
  });

  const env = () => ({ ...process.env, API: `${test.url}/api`, KEY: desk.tenant.key, BRIDGE: test.simulator.url });

  it('has code of which the compiler has nothing to say', () => {
    const { config } = ts.readConfigFile('tsconfig.json', (path) => readFileSync(path, 'utf8')) as { config: object };
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
    const guide = resolve('guide.mts');
    const settings = { ...options, noEmit: true, incremental: false, lib: ['lib.es2023.d.ts'], types: ['node'] };
    const host = ts.createCompilerHost({ ...settings, tsBuildInfoFile: undefined });
    const { fileExists, readFile } = host;
    host.fileExists = (path) => path === guide || fileExists(path);
    host.readFile = (path) => (path === guide ? code : readFile(path));
    const paths = { '@tuco/client': [resolve('libs/client/index.ts')] };
    const made = ts.createProgram([guide], { ...settings, tsBuildInfoFile: undefined, paths }, host);
    const said = ts.getPreEmitDiagnostics(made, made.getSourceFile(guide)).map(({ start, messageText }) => {
      const { line } = made.getSourceFile(guide)!.getLineAndCharacterOfPosition(start ?? 0);
      return `${PAGE}:${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
    expect(said).toEqual([]);
  });

  it('makes a first call by curl', async () => {
    const [, first] = /## The first call\n.*?```sh\n(.*?)```/s.exec(page)!;
    const { stdout } = await run('bash', ['-c', first!], { env: env() });
    expect(JSON.parse(stdout)).toMatchObject({ _id: desk.tenant.id, readOnlyReason: null });
  });

  it('is a program that prints what the page says', async () => {
    const { outputText } = ts.transpileModule(code, {
      fileName: resolve(PAGE),
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, inlineSourceMap: true },
    });
    writeFileSync(join(folder, 'guide.mjs'), outputText);
    const { stdout } = await run(process.execPath, ['--enable-source-maps', 'guide.mjs'], {
      cwd: folder,
      env: env(),
      timeout: 90_000,
    });
    const promised = promisedBy(code);
    expect(promised.length).toBeGreaterThan(15);
    expect(stdout.trimEnd().split('\n')).toEqual(promised);
  });

  it('has a chapter for each entry of its contents', () => {
    const chapters = [...page.matchAll(/^## (.+)$/gm)].map(([, title]) => `#${title!.toLowerCase().replaceAll(' ', '-')}`);
    expect([...page.matchAll(/^- \[.+\]\((#.+)\)$/gm)].map(([, anchor]) => anchor)).toEqual(chapters);
  });
});

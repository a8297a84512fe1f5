// Builds dist/ when a source is newer than the last build, and says so; does nothing, at once, when all is fresh.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const stamp = join(root, 'dist', '.built');

/** What a build writes, or an installation. */
const NOT_SOURCES = new Set(['dist', 'node_modules']);

const SOURCES = /\.(ts|tsx|css|html|svg|json)$/;

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return SOURCES.test(path) ? stat.mtimeMs : 0;
  return readdirSync(path)
    .filter((name) => !NOT_SOURCES.has(name))
    .reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs);
}

const sources = ['src', 'libs', 'migrations', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'].map((name) =>
  join(root, name),
);
const builtAt = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
const startedAt = new Date();
if (sources.some((source) => existsSync(source) && newest(source) > builtAt)) {
  console.error('Building (about 30 seconds, once) …');
  // As `npm run build`: the workspace packages first, whose types the product's local part reads.
  for (const [tool, ...task] of [
    ['typescript/bin/tsc', '-b', 'libs'],
    ['@nestjs/cli/bin/nest.js', 'build'],
    ['vite/bin/vite.js', 'build', 'libs/dashboard', '--logLevel', 'warn'],
  ]) {
    const { status } = spawnSync(process.execPath, [join(root, 'node_modules', tool), ...task], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    if (status !== 0) process.exit(status ?? 1);
  }
  writeFileSync(stamp, startedAt.toISOString());
}

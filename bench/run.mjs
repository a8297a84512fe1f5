// npm run bench [name …]: each benchmark in a process of its own; one line of JSON a figure.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ALL = ['start', 'single', 'import', 'list', 'search', 'blocking', 'enroll', 'dispatch', 'wait', 'report'];
/** Take minutes: only when asked for. */
const LONG = [
  'import-file',
  'memory',
  'checks',
  'suppressions',
  'dispatch-suppressions',
  'limits',
  'webhooks',
  'peers',
  'pace',
  'hostile',
  'neighbours',
  'channels',
  'chaos',
  'mails',
];
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => ![...ALL, ...LONG].includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; there are ${[...ALL, ...LONG].join(', ')}`);
  process.exit(2);
}
let failed = 0;
for (const name of wanted.length > 0 ? wanted : ALL) {
  const script = fileURLToPath(new URL(`./${name}.mjs`, import.meta.url));
  failed += spawnSync(process.execPath, [script], { stdio: 'inherit' }).status === 0 ? 0 : 1;
}
process.exit(failed);

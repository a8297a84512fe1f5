import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const NAME = 'tuco';

/** Which release runs, as the `package.json` above the program says, whether it is compiled or not. */
export const VERSION = versionAbove(process.argv[1] ?? process.cwd());

function versionAbove(place: string): string {
  const file = join(place, 'package.json');
  if (existsSync(file)) {
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version: string };
    if (name === NAME) return version;
  }
  const above = dirname(place);
  return above === place ? 'unknown' : versionAbove(above);
}

import { readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

/** How many parts the files are divided into: several for each worker, so that none is left with the last. */
const PARTS = 9;

const KINDS = ['e2e', 'integration'];

interface SpecFile {
  name: string;
  path: string;
  size: number;
}

/** All but those that change something of their process that others would see. */
const specFiles = (): SpecFile[] =>
  KINDS.flatMap((kind) => {
    const folder = resolve('test', kind);
    const names = readdirSync(folder).filter((name) => name.endsWith('.spec.ts') && !name.endsWith('.apart.spec.ts'));
    return names.map((name) => {
      const path = join(folder, name);
      return { name: `${kind}/${basename(name, '.spec.ts')}`, path, size: statSync(path).size };
    });
  });

/**
 * Runs the files of a part one after the other. Each starts a product of its own, as it does when it is run
 * by itself; together they load the code once, which takes two seconds.
 * @param part from 0 to 8
 */
export function runTogether(part: number): void {
  // One that is missing would be missed by nobody.
  if (readdirSync(resolve('test/together')).length !== PARTS) throw new Error(`test/together must have ${PARTS} parts`);
  const files = specFiles().sort((a, b) => b.size - a.size);
  for (const { name, path } of files.filter((_, index) => index % PARTS === part)) {
    describe(name, () => void jest.requireActual(path));
  }
}

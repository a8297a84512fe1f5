import { readFileSync } from 'node:fs';

interface Locked {
  hasInstallScript?: boolean;
  optional?: boolean;
  engines?: { node?: string };
}
const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/**
 * Warnings that frighten whoever installs the product for the first time, and that nobody can do anything
 * about.
 */
describe('npm ci', () => {
  const { packages } = read('package-lock.json') as { packages: Record<string, Locked> };
  const { allowScripts } = read('package.json') as { allowScripts: Record<string, boolean> };
  const locked = Object.entries(packages).map(([path, entry]) => ({ name: path.split('node_modules/').at(-1)!, ...entry }));

  it('warns of no install script: whether it may run has been decided for each', () => {
    const undecided = locked.filter(({ name, hasInstallScript }) => hasInstallScript && allowScripts[name] === undefined);
    expect(undecided.map(({ name }) => name)).toEqual([]);
  });

  it('warns of no package that asks for a later Node than the product', () => {
    // A range is too late when even the first version in each of its alternatives is.
    const isLater = (range: string) => range.split('||').every((part) => Number(/\d+/.exec(part)?.[0] ?? 0) > 20);
    const later = locked.filter(({ engines }) => engines?.node !== undefined && isLater(engines.node));
    expect(later.map(({ name, engines }) => `${name} ${engines!.node}`)).toEqual([]);
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';

const KIT = 'test/channel-kit';
const SAMPLE = `${KIT}/courier`;

describe('docs/adding-a-channel.md', () => {
  const page = readFileSync('docs/adding-a-channel.md', 'utf8');

  it('lists the files of the sample with their lines, and they are all that there is', () => {
    const listed = [...page.matchAll(/^\| `([\w.-]+\.ts)` +\| (\d+) +\|/gm)].map(([, file, lines]) => [file!, Number(lines)]);
    const paths = [...readdirSync(SAMPLE).map((file) => `${SAMPLE}/${file}`), `${KIT}/courier.spec.ts`];
    const present = paths.map((path) => [
      path.slice(path.lastIndexOf('/') + 1),
      readFileSync(path, 'utf8').split('\n').length - 1,
    ]);
    expect(listed.sort()).toEqual(present.sort());
  });

  it('names files that are there', () => {
    const named = [...page.matchAll(/`((?:src|test|docs)\/[\w./-]+\.(?:ts|md))`/g)].map((match) => match[1]!);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });
});

import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolderUnusable, makeDataFolder } from '.';

describe('makeDataFolder', () => {
  const root = mkdtempSync(join(tmpdir(), 'folder-'));
  beforeAll(() => {
    writeFileSync(join(root, 'file'), '');
    symlinkSync(join(root, 'nowhere', 'at all'), join(root, 'dangling'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

  it('makes it, and what is missing above it, for its user alone', () => {
    makeDataFolder(join(root, 'a', 'b'));
    expect([modeOf(join(root, 'a')), modeOf(join(root, 'a', 'b'))]).toEqual(['700', '700']);
    makeDataFolder(join(root, 'a', 'b'));
  });

  it.each([
    ['file', /is a file$/],
    ['file/below', /is a file$/],
    ['dangling', /cannot be used/],
    [`${'x'.repeat(300)}`, /too long|cannot be used/],
  ])('says why it cannot be "%s"', (name, words) => {
    const make = () => makeDataFolder(join(root, name));
    expect(make).toThrow(DataFolderUnusable);
    expect(make).toThrow(words);
  });

  it('comes back where no folder can be made', () => {
    expect(() => makeDataFolder('/proc/tuco/data')).toThrow(/^DATA_DIR=\/proc\/tuco\/data cannot be used: nothing/);
  });
});

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BoardFiles, fillPage } from './board-files';

describe('the files of the board', () => {
  const root = mkdtempSync(join(tmpdir(), 'board-'));
  const folder = join(root, 'static');
  const page = join(root, 'page.ejs');

  beforeAll(() => {
    mkdirSync(join(folder, 'js'), { recursive: true });
    writeFileSync(join(folder, 'js', 'main.js'), 'start()');
    writeFileSync(join(folder, 'logo.svg'), '<svg/>');
    writeFileSync(join(folder, 'main.js.map'), '{}');
    writeFileSync(join(root, 'secret.js'), 'secret');
    symlinkSync(join(root, 'secret.js'), join(folder, 'link.js'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('are found by their names, with their types', async () => {
    const files = new BoardFiles(folder);
    expect(await files.find('js/main.js')).toEqual({ type: 'text/javascript; charset=utf-8', bytes: Buffer.from('start()') });
    expect(await files.find('logo.svg')).toMatchObject({ type: 'image/svg+xml' });
  });

  it.each([
    '',
    '.',
    'js',
    'js/',
    '../secret.js',
    'js/../../secret.js',
    '/js/main.js',
    'js//main.js',
    'link.js',
    'main.js.map',
    '__proto__',
  ])('are not found as "%s"', async (name) => {
    expect(await new BoardFiles(folder).find(name)).toBeNull();
  });

  it('fill a page, with what stands in HTML escaped, and without style sheets of other sites', () => {
    writeFileSync(
      page,
      '<title><%= title %></title>\n<link href="https://fonts.example.com/a" rel="stylesheet"><script><%- json %></script>',
    );
    expect(fillPage(page, { title: `<b>"&'`, json: '{"a":1}' })).toBe(
      '<title>&lt;b&gt;&quot;&amp;&#39;</title>\n<script>{"a":1}</script>',
    );
  });

  it('do not fill a page that asks for more', () => {
    writeFileSync(page, '<%= title %><%= other %>');
    expect(() => fillPage(page, { title: 'x' })).toThrow('"other"');
    writeFileSync(page, '<% if (title) { %>');
    expect(() => fillPage(page, { title: 'x' })).toThrow('not understood');
  });
});

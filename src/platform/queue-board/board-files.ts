import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

export interface BoardFile {
  type: string;
  bytes: Buffer;
}

/** The files of a folder by their names, which are listed once: a path that is none of them finds nothing. */
export class BoardFiles {
  private readonly types: ReadonlyMap<string, string>;

  constructor(private readonly folder: string) {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const names = entries.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
    this.types = new Map(names.map((name) => [name, TYPES[extname(name)]!] as const).filter(([, type]) => type));
  }

  async find(name: string): Promise<BoardFile | null> {
    const type = this.types.get(name);
    return type ? { type, bytes: await readFile(join(this.folder, name)) } : null;
  }
}

const TAG = /<%([=-])\s*(\w+)\s*%>/g;
/** Style sheets of other sites, such as those of fonts: the page of operators calls nobody else. */
const ELSEWHERE = /<link\b[^>]*\bhref="https?:[^>]*>/g;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Fills a template of bull-board, which needs only values of EJS: `<%= escaped %>` and `<%- as is %>`.
 * @throws Error for any other tag, and for a value that is not there
 */
export function fillPage(file: string, values: Record<string, string>): string {
  const page = readFileSync(file, 'utf8')
    .replace(ELSEWHERE, '')
    .replace(TAG, (_tag, kind: string, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`The page of the queues asks for "${name}", which nobody gave`);
      return kind === '=' ? value.replace(/[&<>"']/g, (character) => ENTITIES[character]!) : value;
    });
  if (page.includes('<%')) throw new Error('The page of the queues has a tag that is not understood');
  return page;
}

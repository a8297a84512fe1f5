import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { type BuiltFile, DashboardFiles } from '../domain/dashboard-files';

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const COMPRESSED = '.br';

/** The files in a folder that Vite has written, read once each. Only what stands in the folder is served. */
export class BuiltFiles extends DashboardFiles {
  private readonly names: ReadonlySet<string>;
  private readonly read = new Map<string, BuiltFile>();
  private html: string | null | undefined;

  constructor(private readonly folder: string) {
    super();
    const assets = join(folder, 'assets');
    this.names = new Set(existsSync(assets) ? readdirSync(assets) : []);
  }

  page(): string | null {
    const file = join(this.folder, 'index.html');
    return (this.html ??= existsSync(file) ? readFileSync(file, 'utf8') : null);
  }

  asset(name: string): BuiltFile | null {
    const type = TYPES[extname(name)];
    if (!type || !this.names.has(name)) return null;
    const known = this.read.get(name);
    if (known) return known;
    const path = join(this.folder, 'assets', name);
    const brotli = this.names.has(name + COMPRESSED) ? readFileSync(path + COMPRESSED) : null;
    const file = { type, bytes: readFileSync(path), brotli };
    this.read.set(name, file);
    return file;
  }
}

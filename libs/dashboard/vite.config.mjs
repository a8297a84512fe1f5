import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const BUILT = here('../../dist/dashboard');

/** Compresses once, at the build, what the server sends. */
const compressed = {
  name: 'compressed',
  closeBundle() {
    const assets = join(BUILT, 'assets');
    for (const name of readdirSync(assets).filter((one) => /\.(js|css|svg)$/.test(one))) {
      writeFileSync(join(assets, `${name}.br`), brotliCompressSync(readFileSync(join(assets, name))));
    }
  },
};

export default defineConfig({
  root: here('.'),
  plugins: [compressed],
  resolve: { alias: { '@tuco/client': here('../client/index.ts') } },
  build: {
    outDir: BUILT,
    emptyOutDir: true,
    target: 'es2022',
    // The page's policy takes no data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // Libraries say `use client`, which means something to servers that render pages. There is none.
      onLog: (level, log, handle) => void (log.code !== 'MODULE_LEVEL_DIRECTIVE' && handle(level, log)),
    },
  },
});

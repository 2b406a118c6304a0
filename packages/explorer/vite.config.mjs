import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';

/** Writes a compressed copy of each file, so that a gateway does not compress it for each request. */
const compressed = {
  name: 'compressed',
  writeBundle({ dir }) {
    for (const file of readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(js|css)$/.test(name),
    )) {
      const bytes = readFileSync(join(dir, file));
      // The highest quality takes a minute for the editor, for two hundredths of the size.
      writeFileSync(
        join(dir, `${file}.br`),
        brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
      );
      writeFileSync(join(dir, `${file}.gz`), gzipSync(bytes, { level: 9 }));
    }
  },
};

export default defineConfig({
  // The page itself is served at the root of a gateway, what it loads under a path of its own.
  base: '/explorer/',
  plugins: [compressed],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // A data: URL would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The editor is one chunk of some megabytes, loaded when it is shown.
    chunkSizeWarningLimit: 8000,
    rolldownOptions: {
      // React's `use client` means nothing in a browser.
      onLog: (level, log, tell) => log.code === 'MODULE_LEVEL_DIRECTIVE' || tell(level, log),
    },
  },
  // While working on the page: the graph of `npm start`.
  server: { proxy: { '/graphql': process.env.GRAPH_URL ?? 'http://localhost:4000' } },
});

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Kind, print } from 'graphql';
import { defineConfig } from 'vite';

/** Writes a compressed copy of each file, so that a gateway does not compress it for each request. */
const compressed = {
  name: 'compressed',
  writeBundle({ dir }) {
    for (const file of readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(html|js|css|svg)$/.test(name),
    )) {
      const bytes = readFileSync(join(dir, file));
      writeFileSync(join(dir, `${file}.br`), brotliCompressSync(bytes));
      writeFileSync(join(dir, `${file}.gz`), gzipSync(bytes, { level: 9 }));
    }
  },
};

/** Replaces the syntax trees of the operations by their texts: the trees would be two thirds of the script. */
const printedDocuments = {
  name: 'printed-documents',
  transform(code, id) {
    if (!/[/\\]client[/\\]dist[/\\]generated[/\\]graphql\.js$/.test(id)) return null;
    return code.replace(/^export const (\w+)Document = (\{.*\});$/gm, (_, name, json) => {
      const document = JSON.parse(json);
      const [{ kind, name: operation }] = document.definitions;
      const printed = { kind: Kind.DOCUMENT, definitions: [{ kind, name: operation }], text: print(document) };
      return `export const ${name}Document = ${JSON.stringify(printed)};`;
    });
  },
};

/** Fills in the part of the head that both pages have. */
const sharedHead = {
  name: 'shared-head',
  transformIndexHtml: {
    order: 'pre',
    handler: (html) =>
      html.replace('<!-- head.html -->', readFileSync(join(import.meta.dirname, 'head.html'), 'utf8').trim()),
  },
};

export default defineConfig({
  // Relative, so that the pages work under any path of a gateway.
  base: './',
  plugins: [sharedHead, printedDocuments, compressed],
  resolve: {
    alias: {
      'graphql/language/printer.js': fileURLToPath(new URL('./src/graph/printed.ts', import.meta.url)),
    },
  },
  build: {
    target: 'es2022',
    // A data: URL would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    // The pages, and what other sites may show in a frame.
    rolldownOptions: {
      input: ['index.html', 'embed.html'],
      // What most views use is in two files: one for each shared part would cost a view a dozen requests. The messages of other
      // languages than English are loaded when they are needed.
      output: {
        codeSplitting: {
          groups: [
            { name: 'claims', priority: 2, test: /src[/\\](?:cite|parts[/\\](?:Cit|Claim|Passage|Reference))/ },
            {
              name: 'common',
              priority: 1,
              test: /reader[/\\]src[/\\](?:export[/\\](?:shownPicture|recordCounts)|graph|messages[/\\](?!ru)|parts|search|address|history|route|title|views[/\\](?:sanctions[/\\](?:day|inForce)|said[/\\]filter|network[/\\](?:centres|ties)|tensions[/\\]comparedIn|document[/\\]documentOf|timeline[/\\]shownDays))|client[/\\]dist|node_modules[/\\](?:@?preact|graphql)[/\\]/,
            },
          ],
        },
      },
    },
  },
  // While working on the pages: the graph of `npm start`.
  server: { proxy: { '/graphql': process.env.GRAPH_URL ?? 'http://localhost:4000' } },
});

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archiveDocument, documentId, registerFiles } from './data.mjs';

/**
 * Writes an archive of a number of documents, unless it exists. Returns the folders of its seeds and its texts, and a text that
 * does not belong to it yet.
 */
export function writeArchive(count) {
  const code = createHash('sha256')
    .update(readFileSync(new URL('./data.mjs', import.meta.url)))
    .digest('hex');
  const dir = join(tmpdir(), `dossier-archive-${count}-${code.slice(0, 16)}`);
  if (!existsSync(dir)) {
    const writing = `${dir}.writing`;
    rmSync(writing, { recursive: true, force: true });
    mkdirSync(join(writing, 'documents'), { recursive: true });
    writeFolder(join(writing, 'seeds', 'register'), registerFiles());
    for (let index = 0; index < count; index++) {
      const { text, files } = archiveDocument(index);
      writeFolder(join(writing, 'seeds', documentId(index)), files);
      writeFileSync(join(writing, 'documents', `${documentId(index)}.txt`), text);
    }
    writeFileSync(join(writing, 'new.txt'), archiveDocument(count).text);
    renameSync(writing, dir);
  }
  return { dir, seedsDir: join(dir, 'seeds'), documentsDir: join(dir, 'documents'), newText: join(dir, 'new.txt') };
}

function writeFolder(dir, files) {
  mkdirSync(dir, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, `${name}.yaml`), yamlOf(content));
}

/** One record per line, in the flow style of YAML, which is JSON. */
const yamlOf = (content) =>
  Object.entries(content)
    .map(([section, records]) =>
      Array.isArray(records)
        ? `${section}:${records.length === 0 ? ' []' : ''}\n${records.map((record) => `  - ${JSON.stringify(record)}\n`).join('')}`
        : `${section}: ${JSON.stringify(records)}\n`,
    )
    .join('\n');

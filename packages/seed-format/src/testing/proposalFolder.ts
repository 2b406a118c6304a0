import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { passageDigest } from '@dossier/domain/facts';

/** Fresh folders with a made-up document of the given paragraphs, and seed files as they are given, by their name in the seeds folder. */
export function proposalFolder(paragraphs: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'dossier-proposals-'));
  const seedsDir = join(root, 'seeds');
  const documentsDir = join(root, 'documents');
  const text = paragraphs.join('\n\n');
  let start = 0;
  const lines = paragraphs.map((paragraph, index) => {
    const end = start + [...paragraph].length;
    const line = `    - { number: ${index + 1}, role: BODY, at: [${start}, ${end}], digest: "${passageDigest(paragraph)}" }`;
    start = end + 2;
    return line;
  });
  const write = (name: string, content: string): void => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  };
  write('documents/any-name.txt', text);
  write(
    'seeds/ruritania-1/document.yaml',
    [
      'document:',
      '  id: ruritania-1',
      '  title: News',
      '  publishedOn: { edtf: "1901-05-03", basis: BACKGROUND }',
      `  sha256: "${createHash('sha256').update(text).digest('hex')}"`,
      `  length: ${[...text].length}`,
      `  byteLength: ${Buffer.byteLength(text)}`,
      '  paragraphs:',
      ...lines,
      '',
    ].join('\n'),
  );
  for (const [name, content] of Object.entries(files)) write(`seeds/${name}`, content);
  return {
    root,
    text,
    workplace: { seedsDir, documentsDir },
    read: (name: string) => readFileSync(join(seedsDir, name), 'utf8'),
    /** The position of words in code points. */
    at: (words: string, from = 0): [number, number] => {
      const unit = text.indexOf(words, from);
      if (unit < 0) throw new Error(`"${words}" is not in the made-up text.`);
      const first = [...text.slice(0, unit)].length;
      return [first, first + [...words].length];
    },
  };
}

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startGraph } from '../support/graph.js';
import { documents, documentsDir } from '../support/needs.js';

const query =
  '{ document(id: "document:memri-sd-10149") { availability paragraphs { citation { start end excerpt availability } } } }';

interface Paragraph {
  citation: { start: number; end: number; excerpt: string | null; availability: string };
}

async function paragraphs(mounted: string | null): Promise<{ availability: string; paragraphs: Paragraph[] }> {
  const graph = await startGraph({ documentsDir: mounted });
  try {
    const { data, errors } = await graph.query(query);
    expect(errors).toBeUndefined();
    return data?.['document'] as { availability: string; paragraphs: Paragraph[] };
  } finally {
    await graph.close();
  }
}

describe('a passage', () => {
  it('has no excerpt if no text is mounted, and reports NOT_MOUNTED', async () => {
    const document = await paragraphs(null);
    expect(document.availability).toBe('NOT_MOUNTED');
    expect(document.paragraphs.length).toBeGreaterThan(0);
    expect(
      document.paragraphs.every(({ citation }) => citation.excerpt === null && citation.availability === 'NOT_MOUNTED'),
    ).toBe(true);
  });

  it.skipIf(documents.isMissing)(
    'has its exact words as excerpt if the text is mounted',
    documents.options,
    async () => {
      const file = readdirSync(documentsDir as string).find((name) => name.endsWith('.txt')) as string;
      const text = [...readFileSync(join(documentsDir as string, file), 'utf8')];
      const document = await paragraphs(documentsDir as string);
      expect(document.availability).toBe('VERIFIED');
      for (const { citation } of document.paragraphs)
        expect(citation.excerpt === text.slice(citation.start, citation.end).join(''), `from ${citation.start}`).toBe(
          true,
        );
    },
  );

  it.skipIf(documents.isMissing)(
    'has no excerpt if the text differs by one character, and reports MISMATCH',
    documents.options,
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'dossier-text-'));
      try {
        cpSync(documentsDir as string, folder, { recursive: true });
        const file = join(folder, readdirSync(folder).find((name) => name.endsWith('.txt')) as string);
        const text = readFileSync(file, 'utf8');
        rmSync(file);
        writeFileSync(join(folder, 'memri-sd-10149.txt'), `${text.slice(0, 500)}.${text.slice(500)}`);
        const document = await paragraphs(folder);
        expect(document.availability).toBe('MISMATCH');
        expect(
          document.paragraphs.every(
            ({ citation }) => citation.excerpt === null && citation.availability === 'MISMATCH',
          ),
        ).toBe(true);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});

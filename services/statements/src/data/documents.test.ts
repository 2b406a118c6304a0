import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forRequest, idsOf, insertRows, listRequest, memoryStore } from '@dossier/testkit';
import { afterAll, describe, expect, it } from 'vitest';
import { document, paragraph, paragraphStatement } from '../tables.js';
import { documentsSource } from './documents.js';

// "é" takes two bytes and "“" three.
const TEXT = 'Le café “Eder”.\n\nSecond.';
const SHA256 = createHash('sha256').update(TEXT).digest('hex');

const { db } = memoryStore(new URL('../../migrations', import.meta.url));
insertRows(
  db,
  document,
  {
    id: 'document:r-1',
    sha256: SHA256,
    length: [...TEXT].length,
    byteLength: Buffer.byteLength(TEXT),
    multibyte: [
      [6, 2],
      [8, 3],
      [13, 3],
    ],
  },
  { id: 'document:r-0', sha256: 'unknown', length: 10 },
);
insertRows(
  db,
  paragraph,
  { id: 'paragraph:r-1/2', documentId: 'document:r-1', textKey: 'r-1 2', number: 2, start: 17, end: 24 },
  { id: 'paragraph:r-1/1', documentId: 'document:r-1', textKey: 'r-1 1', number: 1, start: 0, end: 15 },
);
insertRows(
  db,
  paragraphStatement,
  { paragraphId: 'paragraph:r-1/1', textKey: 'r-1 008', statementId: 'statement:r/S1' },
  { paragraphId: 'paragraph:r-1/1', textKey: 'r-1 003', statementId: 'statement:r/S2' },
);

const folder = mkdtempSync(join(tmpdir(), 'dossier-documents-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, 'r-1.txt'), TEXT);

const documents = (documentsDir: string | null = null) => forRequest(documentsSource(db, documentsDir));

describe('documents', () => {
  it('are null for an unknown id', async () => {
    expect(await documents().byId('document:r-1')).toMatchObject({ sha256: SHA256 });
    expect(await documents().byId('document:none')).toBeNull();
  });

  it('are ordered by id in pages', async () => {
    expect(idsOf((await documents().page(null, listRequest())).nodes)).toEqual(['document:r-0', 'document:r-1']);
  });
});

describe('paragraphs', () => {
  it('are null for an unknown id and ordered by number', async () => {
    expect(await documents().paragraph('paragraph:r-1/9')).toBeNull();
    expect(idsOf(await documents().paragraphsOf('document:r-1'))).toEqual(['paragraph:r-1/1', 'paragraph:r-1/2']);
  });

  it('list their statements in order of the text', async () => {
    expect(await documents().statementIdsOfParagraph('paragraph:r-1/1')).toEqual(['statement:r/S2', 'statement:r/S1']);
  });
});

describe('a citation', () => {
  it('has the positions of its passage in code points and in bytes', async () => {
    expect(await documents().citation('citation:r-1#char=9,13')).toEqual({
      id: 'citation:r-1#char=9,13',
      document: 'document:r-1',
      start: 9,
      end: 13,
      startByte: 12,
      endByte: 16,
    });
  });

  it.each([
    ['a malformed id', 'citation:r-1#char=13,9'],
    ['an unknown document', 'citation:none#char=0,1'],
    ['a passage that ends after the document', 'citation:r-1#char=0,25'],
  ])('is null for %s', async (_, id) => {
    expect(await documents().citation(id)).toBeNull();
  });

  it('has the number of the paragraph that contains it, null if it spans several', async () => {
    const passage = { document: 'document:r-1', start: 17, end: 24 };

    expect(await documents().paragraphNumber(passage)).toBe(2);
    expect(await documents().paragraphNumber({ ...passage, start: 10 })).toBeNull();
  });

  it('has an excerpt only if the text is mounted', async () => {
    const passage = { document: 'document:r-1', start: 9, end: 13 };

    expect(documents().excerpt(passage)).toBeNull();
    expect(documents().availability('document:r-1')).toBe('NOT_MOUNTED');
    expect(await documents(folder).excerpt(passage)).toBe('Eder');
    expect(await documents(folder).availability('document:r-0')).toBe('NOT_MOUNTED');
  });
});

describe('a text that is not UTF-8', () => {
  it('is reported by name, and the other documents have their texts', async () => {
    const bytes = Buffer.from([0xcc, 0xee, 0xf1, 0xf2]);
    const { db: ownDb } = memoryStore(new URL('../../migrations', import.meta.url));
    const row = { length: 4, byteLength: 4, multibyte: [] };
    insertRows(
      ownDb,
      document,
      { id: 'document:r-1', sha256: SHA256, ...row },
      { id: 'document:latin', sha256: createHash('sha256').update(bytes).digest('hex'), ...row },
    );
    const texts = mkdtempSync(join(folder, 'texts-'));
    writeFileSync(join(texts, 'latin.txt'), bytes);
    writeFileSync(join(texts, 'r-1.txt'), TEXT);
    const reasons: string[] = [];

    const source = forRequest(documentsSource(ownDb, texts, (reason) => reasons.push(reason)));

    expect(await source.availability('document:latin')).toBe('NOT_MOUNTED');
    expect(await source.availability('document:r-1')).toBe('VERIFIED');
    expect(reasons).toEqual([expect.stringMatching(/^latin\.txt in DOCUMENTS_DIR has the digest .* not UTF-8/)]);
  });
});

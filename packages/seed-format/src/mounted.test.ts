import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DocumentsError, mountDocuments } from './mounted.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const RURITANIA = { id: 'document:ruritania-1', sha256: sha256('The Duke’s bridge.') };

describe('mounted documents', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'dossier-mounted-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('are found by their digest, whatever their file is called', () => {
    writeFileSync(join(dir, 'x.bin'), 'The Duke’s bridge.');

    const document = mountDocuments(dir, [RURITANIA]).get(RURITANIA.id);

    expect(document?.availability).toBe('VERIFIED');
    expect(document?.text?.slice(4, 10)).toBe('Duke’s');
  });

  it('mismatch where only the name is theirs, and have no text then', () => {
    writeFileSync(join(dir, 'ruritania-1.txt'), 'The Duke’s tunnel.');

    const document = mountDocuments(dir, [RURITANIA]).get(RURITANIA.id);

    expect(document).toEqual({ availability: 'MISMATCH', text: null });
  });

  it('are verified even where another file has their name', () => {
    writeFileSync(join(dir, 'ruritania-1.txt'), 'The Duke’s tunnel.');
    writeFileSync(join(dir, 'z.txt'), 'The Duke’s bridge.');

    const document = mountDocuments(dir, [RURITANIA]).get(RURITANIA.id);

    expect(document?.availability).toBe('VERIFIED');
  });

  it.each([null, undefined, ''])('are not mounted where the folder is %o', (none) => {
    const document = mountDocuments(none, [RURITANIA]).get(RURITANIA.id);

    expect(document).toEqual({ availability: 'NOT_MOUNTED', text: null });
  });

  it('are not looked for in folders within the folder, nor in files over 64 MiB', () => {
    mkdirSync(join(dir, 'inner', 'ruritania-1.txt'), { recursive: true });
    writeFileSync(join(dir, 'inner', 'x.txt'), 'The Duke’s bridge.');
    writeFileSync(join(dir, 'ruritania-1.txt'), '');
    truncateSync(join(dir, 'ruritania-1.txt'), 64 * 1024 * 1024 + 1);

    const document = mountDocuments(dir, [RURITANIA]).get(RURITANIA.id);

    expect(document?.availability).toBe('NOT_MOUNTED');
  });

  it('keep a byte order mark, which positions count', () => {
    const marked = '\ufeffbridge';
    writeFileSync(join(dir, 'x.txt'), marked);

    const document = mountDocuments(dir, [{ id: 'document:marked', sha256: sha256(marked) }]).get('document:marked');

    expect(document?.text?.length).toBe(7);
  });

  it('are refused if they are not UTF-8, in one line that names the file', () => {
    const bytes = Buffer.from([0x62, 0xff]);
    writeFileSync(join(dir, 'x.txt'), bytes);
    const known = [{ id: 'document:latin', sha256: createHash('sha256').update(bytes).digest('hex') }];

    expect(() => mountDocuments(dir, known)).toThrow(DocumentsError);
    expect(() => mountDocuments(dir, known)).toThrow(
      /^.*\/x\.txt has the digest of a document, but is not UTF-8; expected the text of the document in UTF-8\.$/,
    );
  });

  it('are not looked for in a circular link', () => {
    symlinkSync('circle.txt', join(dir, 'circle.txt'));

    expect(mountDocuments(dir, [RURITANIA]).get(RURITANIA.id)?.availability).toBe('NOT_MOUNTED');
  });

  it('say which setting names a folder that is not there, and what was expected', () => {
    expect(() => mountDocuments(join(dir, 'none'), [RURITANIA])).toThrow(
      /DOCUMENTS_DIR=.*none cannot be read; expected a folder with the texts of documents/,
    );
  });
});

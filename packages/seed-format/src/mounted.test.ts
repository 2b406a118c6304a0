import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mountDocuments } from './mounted.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const RURITANIA = { id: 'document:ruritania-1', sha256: sha256('The Duke’s bridge.') };

describe('mounted documents', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'dossier-mounted-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('are found by their digest, whatever the file name', () => {
    writeFileSync(join(dir, 'x.bin'), 'The Duke’s bridge.');

    const document = mountDocuments(dir, [RURITANIA]).get(RURITANIA.id);

    expect(document?.availability).toBe('VERIFIED');
    expect(document?.text?.slice(4, 10)).toBe('Duke’s');
  });

  it('are a MISMATCH without a text if only the file name matches', () => {
    writeFileSync(join(dir, 'ruritania-1.txt'), 'The Duke’s tunnel.');

    const document = mountDocuments(dir, [RURITANIA]).get(RURITANIA.id);

    expect(document).toEqual({ availability: 'MISMATCH', text: null });
  });

  it('are VERIFIED even if another file has their name', () => {
    writeFileSync(join(dir, 'ruritania-1.txt'), 'The Duke’s tunnel.');
    writeFileSync(join(dir, 'z.txt'), 'The Duke’s bridge.');

    const document = mountDocuments(dir, [RURITANIA]).get(RURITANIA.id);

    expect(document?.availability).toBe('VERIFIED');
  });

  it.each([null, undefined, ''])('are NOT_MOUNTED if the folder is %o', (none) => {
    const document = mountDocuments(none, [RURITANIA]).get(RURITANIA.id);

    expect(document).toEqual({ availability: 'NOT_MOUNTED', text: null });
  });

  it('are not searched for in subfolders or in files over 64 MiB', () => {
    mkdirSync(join(dir, 'inner', 'ruritania-1.txt'), { recursive: true });
    writeFileSync(join(dir, 'inner', 'x.txt'), 'The Duke’s bridge.');
    writeFileSync(join(dir, 'ruritania-1.txt'), '');
    truncateSync(join(dir, 'ruritania-1.txt'), 64 * 1024 * 1024 + 1);

    const document = mountDocuments(dir, [RURITANIA]).get(RURITANIA.id);

    expect(document?.availability).toBe('NOT_MOUNTED');
  });

  it('include a byte order mark, which positions count', () => {
    const marked = '\ufeffbridge';
    writeFileSync(join(dir, 'x.txt'), marked);

    const document = mountDocuments(dir, [{ id: 'document:marked', sha256: sha256(marked) }]).get('document:marked');

    expect(document?.text?.length).toBe(7);
  });

  it('are not mounted if they are not UTF-8, with a problem that names the file, and others are', () => {
    const bytes = Buffer.from([0x62, 0xff]);
    writeFileSync(join(dir, 'x.txt'), bytes);
    writeFileSync(join(dir, 'y.txt'), 'The Duke’s bridge.');
    const latin = { id: 'document:latin', sha256: createHash('sha256').update(bytes).digest('hex') };

    const mounted = mountDocuments(dir, [latin, RURITANIA]);

    expect(mounted.get(latin.id)).toEqual({
      availability: 'NOT_MOUNTED',
      text: null,
      problem: expect.stringMatching(
        /^x\.txt in DOCUMENTS_DIR has the digest of the document, but is not UTF-8; expected UTF-8\./,
      ),
    });
    expect(mounted.get(RURITANIA.id)?.availability).toBe('VERIFIED');
  });

  it('are read first if they are named after the document, and no more files than needed are read', () => {
    writeFileSync(join(dir, 'ruritania-1.txt'), 'The Duke’s bridge.');
    // Cannot be read: reading it throws.
    symlinkSync('/dev/null/none', join(dir, 'a.txt'));

    expect(mountDocuments(dir, [RURITANIA]).get(RURITANIA.id)?.availability).toBe('VERIFIED');
  });

  it('are not searched for in a circular link', () => {
    symlinkSync('circle.txt', join(dir, 'circle.txt'));

    expect(mountDocuments(dir, [RURITANIA]).get(RURITANIA.id)?.availability).toBe('NOT_MOUNTED');
  });

  it('cause an error that names the setting and what was expected if the folder does not exist', () => {
    expect(() => mountDocuments(join(dir, 'none'), [RURITANIA])).toThrow(
      /DOCUMENTS_DIR=.*none cannot be read; expected a folder with the texts of documents/,
    );
  });
});

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openTexts } from './openedTexts.js';

const dir = mkdtempSync(join(tmpdir(), 'dossier-texts-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const sha256Of = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
const documentOf = (id: string, text: string | Buffer) => ({ id: `document:${id}`, sha256: sha256Of(text) });
const write = (name: string, text: string | Buffer): void => writeFileSync(join(dir, name), text);

describe('texts that are read when they are needed', () => {
  it('are found by their digests, whatever their names', async () => {
    write('r-1.txt', 'first');
    write('anything', 'second');
    write('r-3.txt', 'another one');
    const read = openTexts(dir);

    expect((await read(documentOf('r-1', 'first'))).text?.toString()).toBe('first');
    expect((await read(documentOf('r-2', 'second'))).text?.toString()).toBe('second');
    expect(await read(documentOf('r-3', 'third'))).toEqual({ availability: 'MISMATCH', text: null });
    expect(await read(documentOf('r-4', 'fourth'))).toEqual({ availability: 'NOT_MOUNTED', text: null });
  });

  it('are not read before, and once while they are in memory', async () => {
    write('r-5.txt', 'not yet');
    const read = openTexts(dir);
    write('r-5.txt', 'fifth');
    const document = documentOf('r-5', 'fifth');

    const first = read(document);
    expect(first).toBeInstanceOf(Promise);
    expect(read(document)).toBe(first);
    expect((await first).text?.toString()).toBe('fifth');
    expect(read(document)).not.toBeInstanceOf(Promise);
  });

  it('leave memory when others are used, and are compared with their digests when they are read again', async () => {
    const texts = ['a', 'b', 'c'].map((letter) => letter.repeat(300));
    const documents = texts.map((text, index) => documentOf(`many-${index}`, text));
    for (const [index, text] of texts.entries()) write(`many-${index}.txt`, text);
    const read = openTexts(dir, { maxCached: 900 });
    for (const document of documents) expect((await read(document)).availability).toBe('VERIFIED');
    write('many-0.txt', 'changed');

    expect(read(documents[2] as (typeof documents)[number])).not.toBeInstanceOf(Promise);
    expect((await read(documents[0] as (typeof documents)[number])).availability).toBe('MISMATCH');
  });

  it('that cannot be used are reported once', async () => {
    const bytes = Buffer.from([0xcc, 0xee, 0xf1]);
    write('latin', bytes);
    const reasons: string[] = [];
    const read = openTexts(dir, { onUnusable: (reason) => reasons.push(reason) });

    for (let time = 0; time < 2; time++)
      expect((await read(documentOf('latin-1', bytes))).availability).toBe('NOT_MOUNTED');
    expect(reasons).toEqual([expect.stringContaining('latin in DOCUMENTS_DIR')]);
  });

  it('need a folder that can be read', () => {
    expect(() => openTexts(join(dir, 'none'))).toThrow('cannot be read');
  });
});

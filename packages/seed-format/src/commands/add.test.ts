import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { passageDigest } from '@dossier/domain/facts';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { formatProblem } from '../problem.js';
import { readFolder } from '../read.js';
import type { Seeds } from '../records.js';
import { type AddOptions, add } from './add.js';

type DocumentYaml = Omit<Seeds['documents'][number], 'publishedOn'>;

describe('add', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dossier-add-'));
    for (const folder of ['seeds', 'documents', 'in']) mkdirSync(join(root, folder));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const run = (name: string, content: string | Buffer, options: Partial<AddOptions> = {}) => {
    writeFileSync(join(root, 'in', name), content);
    return add(join(root, 'in', name), {
      seedsDir: join(root, 'seeds'),
      documentsDir: join(root, 'documents'),
      id: null,
      encoding: null,
      ...options,
    });
  };
  const written = (id: string) =>
    (parse(readFileSync(join(root, 'seeds', id, 'document.yaml'), 'utf8')) as { document: DocumentYaml }).document;
  /** What a person would count and hash by hand. */
  const byHand = (text: string) => ({
    sha256: createHash('sha256').update(text).digest('hex'),
    length: [...text].length,
    byteLength: Buffer.byteLength(text),
    multibyte: [...text].flatMap((character, position) =>
      Buffer.byteLength(character) > 1 ? [[position, Buffer.byteLength(character)]] : [],
    ),
  });

  it.each<[string, string, string[]]>([
    ['Cyrillic', 'Новости Руритании\n\nМост открыт. Он длинный.\n', ['Новости Руритании', 'Мост открыт. Он длинный.']],
    [
      'decomposed Korean',
      '루리타니아 소식\n\n다리가 열렸다.'.normalize('NFD'),
      ['루리타니아 소식', '다리가 열렸다.'].map((each) => each.normalize('NFD')),
    ],
    ['Arabic with emoji', 'أخبار 🌉\n\nالجسر مفتوح 👩‍👩‍👧 الآن', ['أخبار 🌉', 'الجسر مفتوح 👩‍👩‍👧 الآن']],
    [
      'line breaks of Windows',
      'News\r\n\r\nThe bridge\r\nis open. \r\n \r\nIt is long.\r\n',
      ['News', 'The bridge\r\nis open.', 'It is long.'],
    ],
    ['a byte order mark', '\ufeffNews\n\nThe bridge.', ['News', 'The bridge.']],
  ])('describes a text with %s as a person would by hand', (_, text, paragraphs) => {
    expect(run('dispatch.txt', text).status).toBe(0);

    const document = written('dispatch');
    const { sha256, length, byteLength, multibyte = [] } = document;
    expect({ sha256, length, byteLength, multibyte }).toEqual(byHand(text));
    expect(document.paragraphs.map(({ at }) => [...text].slice(...at).join(''))).toEqual(paragraphs);
    expect(document.paragraphs.map(({ digest }) => digest)).toEqual(paragraphs.map(passageDigest));
    expect(readFileSync(join(root, 'documents/dispatch.txt'), 'utf8')).toBe(text);
  });

  it.each([
    [
      'blocks between blank lines',
      'News\n\nThe bridge\nis open.\n\n \nIt is\nlong.',
      ['News', 'The bridge\nis open.', 'It is\nlong.'],
    ],
    [
      'lines, if there are no blank lines',
      'News\nThe bridge is open.\n  It is long. \n',
      ['News', 'The bridge is open.', 'It is long.'],
    ],
    [
      'lines, if one is too long to have been wrapped',
      `1 May\nValburg\n\n${'The bridge is open. '.repeat(7)}\n`,
      ['1 May', 'Valburg', 'The bridge is open. '.repeat(7).trim()],
    ],
  ])('takes as paragraphs %s', (_, text, paragraphs) => {
    run('dispatch.txt', text);

    expect(written('dispatch').paragraphs.map(({ at }) => text.slice(...at))).toEqual(paragraphs);
  });

  it('leaves to the annotator what it cannot know, and check says so', () => {
    const { output } = run('News of 3 May.txt', 'News\n\nThe bridge is open.');

    expect(output).toContain('Next: fill in what is marked <fill in>');
    const { problems } = readFolder(join(root, 'seeds'), 'news-of-3-may', { documentsDir: join(root, 'documents') });
    expect(problems.map(formatProblem)).toEqual([
      'news-of-3-may/document.yaml:8 document.publisher: still to be filled in; expected the id of the actor who published it, or no publisher if that is not known.',
      'news-of-3-may/document.yaml:10 document.publishedOn.edtf: still to be filled in; expected the date of publication, e.g. "2001-02-03".',
    ]);
  });

  it('rejects the text of another document, and creates nothing', () => {
    run('dispatch.txt', 'News\n\nThe bridge is open.');
    const before = readdirSync(join(root, 'seeds'));

    expect(run('copy.txt', 'News\n\nThe bridge is open.')).toEqual({
      status: 1,
      output:
        'copy.txt is already the text of dispatch (dispatch/document.yaml); expected a text that no document has.',
    });
    expect(readdirSync(join(root, 'seeds'))).toEqual(before);
    expect(run('longer.txt', 'News\n\nThe bridge is open!').status).toBe(0);
  });

  it('is not hindered by what an interrupted command left, and leaves nothing itself', () => {
    mkdirSync(join(root, 'seeds/.dispatch.tmp'));
    writeFileSync(join(root, 'seeds/.dispatch.tmp/document.yaml'), 'document: {');
    writeFileSync(join(root, 'documents/.dispatch.txt.tmp'), 'Ne');

    expect(run('dispatch.txt', 'News\n\nThe bridge is open.').status).toBe(0);
    expect(readdirSync(join(root, 'seeds'))).toEqual(['dispatch']);
    expect(readdirSync(join(root, 'documents'))).toEqual(['dispatch.txt']);
  });

  it.each(['News', 'The bridge is open.\nIt is long.'])(
    'creates a document that check accepts once that is filled in: %s',
    (text) => {
      run('dispatch.txt', text);
      const file = join(root, 'seeds/dispatch/document.yaml');
      const filledIn = readFileSync(file, 'utf8')
        .replace(/\n.*\n {2}publisher: .*/, '')
        .replace('edtf: <fill in>, basis: STATED', 'edtf: "1901", basis: BACKGROUND')
        .replace('"<fill in>"', 'News');
      writeFileSync(file, filledIn);

      expect(readFolder(join(root, 'seeds'), 'dispatch', { documentsDir: join(root, 'documents') }).problems).toEqual(
        [],
      );
    },
  );

  it.each([
    ['Dépêche de Valburg (2).txt', 'depeche-de-valburg-2'],
    ['NEWS_7.v2.txt', 'news-7-v2'],
  ])('makes an id from %s', (name, id) => {
    expect(run(name, 'News\n\nThe bridge.').status).toBe(0);
    expect(readdirSync(join(root, 'seeds'))).toEqual([id]);
  });

  it.each<[string, Partial<AddOptions>, string]>([
    ['Новости.txt', {}, '"Новости.txt" has letters or digits that an id cannot have; expected --id'],
    ['---.txt', {}, 'expected --id'],
    ['a.txt', { id: 'Valburg' }, '"Valburg" cannot be the id of a document; expected --id with lower-case words'],
    ['a.txt', { id: '../x' }, 'cannot be the id'],
    ['a.txt', { id: 'register' }, 'cannot be the id'],
  ])('asks for an id for %s and %j', (name, options, message) => {
    const { status, output } = run(name, 'News', options);

    expect([status, output]).toEqual([1, expect.stringContaining(message)]);
    expect(readdirSync(join(root, 'seeds'))).toEqual([]);
  });

  it('does not touch an existing folder', () => {
    mkdirSync(join(root, 'seeds/dispatch'));

    expect(run('dispatch.txt', 'News')).toEqual({
      status: 1,
      output: 'The folder dispatch already exists in the seeds; expected another id, with --id.',
    });
    expect([readdirSync(join(root, 'seeds/dispatch')), readdirSync(join(root, 'documents'))]).toEqual([[], []]);
  });

  it('does not touch another text of the same name', () => {
    writeFileSync(join(root, 'documents/dispatch.txt'), 'other');

    expect(run('dispatch.txt', 'News').output).toContain('dispatch.txt in the folder of texts is another text');
    expect(existsSync(join(root, 'seeds/dispatch'))).toBe(false);
    expect(readFileSync(join(root, 'documents/dispatch.txt'), 'utf8')).toBe('other');
  });

  it('does not copy a text that is mounted under any name', () => {
    writeFileSync(join(root, 'documents/any.txt'), 'News');

    expect(run('dispatch.txt', 'News').output).toContain('The text is in the folder of texts.');
    expect(readdirSync(join(root, 'documents'))).toEqual(['any.txt']);
  });

  const RUSSIAN =
    'Новости Руритании\n\nМост через реку открыт, и по нему можно ездить. Герцог сказал, что он длинный.\n'.repeat(3);
  const KOREAN = '루리타니아 소식\n\n강을 건너는 다리가 열렸다. 공작은 그 다리가 길다고 말했다.\n'.repeat(3);

  it.each([
    ['windows-1251', RUSSIAN],
    ['koi8-r', RUSSIAN],
    ['euc-kr', KOREAN],
    ['windows-1252', '“News” from Valburg – 5 €\n\nThe Duke’s bridge.'],
    ['utf-16le', RUSSIAN],
  ])('converts %s to UTF-8 and describes that', (encoding, text) => {
    expect(run('dispatch.txt', iconv.encode(text, encoding), { encoding }).status).toBe(0);

    expect(readFileSync(join(root, 'documents/dispatch.txt'), 'utf8')).toBe(text);
    expect(written('dispatch')).toMatchObject(byHand(text));
  });

  it('says what to do with a converted text if no folder of texts is named', () => {
    expect(run('dispatch.txt', iconv.encode(RUSSIAN, 'koi8-r'), { encoding: 'koi8-r', documentsDir: null })).toEqual({
      status: 0,
      output: expect.stringContaining('Convert the text to UTF-8 and put it into a folder of texts'),
    });
    expect(written('dispatch').sha256).toBe(byHand(RUSSIAN).sha256);
  });

  it.each([
    ['windows-1251', iconv.encode(RUSSIAN, 'windows-1251'), null],
    ['koi8-r', iconv.encode(RUSSIAN, 'koi8-r'), null],
    ['euc-kr', iconv.encode(KOREAN, 'euc-kr'), null],
    ['utf-16le', iconv.encode(RUSSIAN, 'utf-16le', { addBOM: true }), null],
    ['utf-16le', iconv.encode(RUSSIAN, 'utf-16le'), null],
    ['utf-16le', iconv.encode('News\n\nThe bridge.', 'utf-16le'), null],
    ['utf-16be', iconv.encode('News\n\nThe bridge.', 'utf-16be'), null],
    ['koi8-r', iconv.encode(RUSSIAN, 'koi8-r'), 'euc-kr'],
  ])('rejects another encoding with a guess that it is %s', (guess, bytes, encoding) => {
    const { status, output } = run('dispatch.txt', bytes, { encoding });

    expect([status, output]).toEqual([1, expect.stringContaining(`add it with --encoding ${guess}.`)]);
    expect([readdirSync(join(root, 'seeds')), readdirSync(join(root, 'documents'))]).toEqual([[], []]);
  });

  it.each<[string, Buffer, string | null]>([
    [
      'random bytes',
      Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * index * 31 + index * 7) % 256)),
      null,
    ],
    ['a program', Buffer.from('7f454c4602010100000000000000000003003e0001000000a0310000', 'hex'), null],
    ['a few Korean words', iconv.encode('다리가 열렸다고 말했다', 'euc-kr'), null],
    ['a few Chinese words', iconv.encode('这是一座桥，已经开放。', 'gb18030'), null],
    ['bytes that windows-1251 has no character for', Buffer.from([0x98, 0x98, 0x20, 0x61]), 'windows-1251'],
    ['UTF-16 without its last byte', iconv.encode(RUSSIAN, 'utf-16le', { addBOM: true }).subarray(0, -1), 'utf-16le'],
    ['half of a surrogate pair', Buffer.from('410020000a000a0000d86200', 'hex'), 'utf-16le'],
    ['a zero in a text', Buffer.from('News\n\nThe bridge\0 is open.\n'), null],
    ['colours of a terminal', Buffer.from('News \u001b[31mred\u001b[0m\n\nThe bridge\u0007 is: yes\n'), null],
  ])('rejects %s in one line', (_, bytes, encoding) => {
    const { status, output } = run('dispatch.txt', bytes, { encoding });

    expect([status, output]).toEqual([1, expect.stringMatching(/^dispatch\.txt is not .*; .*\.$/)]);
    expect([readdirSync(join(root, 'seeds')), readdirSync(join(root, 'documents'))]).toEqual([[], []]);
  });

  it('does not convert a text that is UTF-8 already', () => {
    expect(run('dispatch.txt', RUSSIAN, { encoding: 'windows-1251' })).toEqual({
      status: 1,
      output: 'dispatch.txt is in UTF-8, not windows-1251; add it without --encoding.',
    });
  });

  it('names an id that the file system does not accept', () => {
    const { status, output } = run('dispatch.txt', 'News', { id: 'a'.repeat(300) });

    expect([status, output]).toEqual([
      1,
      `The folder ${'a'.repeat(300)} could not be created in the seeds (ENAMETOOLONG); expected a folder that can be written, or a shorter --id.`,
    ]);
    expect(readdirSync(join(root, 'documents'))).toEqual([]);
  });

  it.each([
    ['%PDF-1.7 …', 'is a PDF file; expected plain text.'],
    ['\n \n', 'has no text'],
    ['News \u001b[2J', 'is not text in UTF-8: it contains control characters'],
  ])('rejects what is not a text: %j', (content, message) => {
    expect(run('dispatch.txt', content)).toEqual({ status: 1, output: expect.stringContaining(message) });
  });

  it('reports a file that does not exist', () => {
    const options = { seedsDir: join(root, 'seeds'), documentsDir: null, id: null, encoding: null };

    expect(add(join(root, 'none.txt'), options)).toEqual({
      status: 1,
      output: expect.stringMatching(/none\.txt is not a file; expected the text of a document\.$/),
    });
  });
});

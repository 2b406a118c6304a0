import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, symlinkSync, unlinkSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { CiteAnswer, DocumentAnswer, DraftAnswer } from '../api.js';
import { annotateExample, type TestAnnotate } from '../testing/annotateFolder.js';

let page: TestAnnotate;
beforeEach(async () => {
  page = await annotateExample();
});
afterEach(() => page.close());

const WORDS = 'The Customs House, asked by this newspaper, did not reply.';
const passageOf = async (words: string) => (await page.post<CiteAnswer>('/api/cite', page.selection(words))).body;
const aStatement = async (words: string, id = 'S901') => ({
  id,
  summary: 'No answer came from the customs office.',
  kind: 'FACT_REPORT',
  modality: 'ASSERTED',
  attribution: { status: 'IMPLICIT', speakers: ['ostrenza-tidings'], relayChain: [{ carrier: 'lantern-wire' }] },
  saidOn: { edtf: '2031-04-11', basis: 'STATED' },
  passages: [await passageOf(words).then(({ at, digest }) => ({ at, digest }))],
});

describe('a document that is annotated', () => {
  it('has its text by paragraph, its records with their passages, and no problems', async () => {
    const { body: document } = await page.get<DocumentAnswer>('/api/document');
    const { records, problems } = await page.state();

    expect(document.paragraphs).toHaveLength(12);
    expect(document.paragraphs[1]?.text).toBe('Lantern Wire, Dispatch No. 77, 12 April 2031');
    expect(records.find(({ section, id }) => section === 'statements' && id === 'S01')?.passages).toEqual([
      { path: ['passages', 0], start: 0, end: 75 },
    ]);
    expect(problems).toEqual([]);
  });

  it('has its problems at their fields, also those of a file that was just changed by hand', async () => {
    page.write('statements.yaml', page.read('statements.yaml').replace('kind: TITLE', 'kind: HEADLINE'));

    expect((await page.state()).problems).toMatchObject([{ section: 'statements', index: 0, path: ['kind'] }]);
  });

  it('can be listed without its text', async () => {
    const bare = await annotateExample({ text: false });

    const { body } = await bare.get<DocumentAnswer>('/api/document');
    expect(body.paragraphs.every(({ text }) => text === null)).toBe(true);
    expect(body.missingText.join(' ')).toContain('not mounted');
    expect((await bare.post('/api/cite', page.selection(WORDS))).body.error.code).toBe('NO_TEXT');
    await bare.close();
  });
});

describe('a new record', () => {
  it('is written as one block at its place in the text, and nothing else changes', async () => {
    const before = page.read('statements.yaml');

    const { status, body } = await page.change({
      kind: 'insert',
      section: 'statements',
      record: await aStatement(WORDS),
    });

    const after = page.read('statements.yaml');
    expect(status).toBe(200);
    expect(body.state.problems).toEqual([]);
    const { index } = body.record ?? { index: -1 };
    expect(parse(after).statements[index].id).toBe('S901');
    expect(after.replace(/\n {2}- id: S901\n[\s\S]*?(?=\n {2}- id|\n[a-z#])/, '')).toBe(before);
    expect(after).not.toContain('asked by');
  });

  it('begins with the number of its paragraph, so that two branches give different ids', async () => {
    const { body } = await page.post<DraftAnswer>('/api/draft', {
      section: 'statements',
      selection: page.selection(WORDS),
    });

    expect(body.record).toMatchObject({
      id: 'S901',
      passages: [await passageOf(WORDS).then(({ at, digest }) => ({ at, digest }))],
    });
  });

  it('is checked before it is written, with the path of each problem', async () => {
    const record = { ...(await aStatement(WORDS)), summary: WORDS, saidOn: { edtf: '2031-13', basis: 'STATED' } };

    const { body } = await page.post<{ index: number; problems: object[] }>('/api/check', {
      section: 'statements',
      index: null,
      record,
    });

    const own = body.problems.filter((problem) => (problem as { index: number }).index === body.index);
    expect(own).toMatchObject([{ path: ['summary'] }, { path: ['saidOn', 'edtf'] }]);
    expect(page.read('statements.yaml')).not.toContain('S901');
  });

  it.each([
    'a "quote", a \'single\' one and a \\ backslash',
    'two\nlines\r\nand a third',
    '--- # no comment',
    '}\n  - id: S99\n    summary: injected',
    '*alias &anchor !tag %dir @at `tick',
    '한국 \u202e العربية 😀 e\u0301',
  ])('keeps any text as it was entered: %j', async (summary) => {
    const others = parse(page.read('statements.yaml')).statements.length;

    await page.change({ kind: 'insert', section: 'statements', record: { ...(await aStatement(WORDS)), summary } });

    const { statements } = parse(page.read('statements.yaml'));
    expect(statements).toHaveLength(others + 1);
    expect(statements.find(({ id }: { id: string }) => id === 'S901').summary).toBe(summary);
  });
});

describe('a mention', () => {
  it('is added to the actor or its addition, with the position that was selected', async () => {
    const { at, digest } = await passageOf('the ministry');

    await page.change({ kind: 'mention', party: 'quelmark', form: 'METONYM', passage: { at, digest } });
    await page.change({
      kind: 'mention',
      party: 'salt-guild',
      form: 'NAME',
      passage: { at, digest },
      create: 'ORGANIZATION:OTHER',
    });

    const { actors, additions } = parse(page.read('actors.yaml'));
    expect(additions[0].mentions).toContainEqual({ form: 'METONYM', at, digest });
    expect(actors.find(({ id }: { id: string }) => id === 'salt-guild')).toMatchObject({
      kind: 'ORGANIZATION',
      type: 'OTHER',
      mentions: [{ at, digest }],
    });
  });

  it('is added to its record also while the list has an item that is not written yet', async () => {
    const { at, digest } = await passageOf('the ministry');
    page.write('actors.yaml', page.read('actors.yaml').replace(/^additions:\n/m, 'additions:\n  -\n'));
    const of = parse(page.read('actors.yaml')).additions.map((each: { of: string } | null) => each?.of);

    await page.change({ kind: 'mention', party: 'quelmark', form: 'METONYM', passage: { at, digest } });

    const { additions } = parse(page.read('actors.yaml'));
    expect(additions[of.indexOf('quelmark')].mentions).toContainEqual({ form: 'METONYM', at, digest });
    expect(JSON.stringify(additions).split(digest).length).toBe(2);
  });

  it('with a form or a digest that is not valid changes nothing', async () => {
    const before = page.read('actors.yaml');
    const { at, digest } = await passageOf('the ministry');

    for (const wrong of [
      { party: 'quelmark', form: 'x]\n- evil: {', passage: { at, digest } },
      { party: 'quelmark', form: 'NAME', passage: { at, digest: '0'.repeat(16) } },
      { party: 'no-such\n  evil: 1', form: 'NAME', passage: { at, digest } },
    ])
      expect((await page.change({ kind: 'mention', ...wrong })).status).toBeGreaterThanOrEqual(400);
    expect(page.read('actors.yaml')).toBe(before);
  });
});

describe('undo and redo', () => {
  it('restore the bytes of the files', async () => {
    const before = page.read('statements.yaml');
    await page.change({ kind: 'insert', section: 'statements', record: await aStatement(WORDS) });
    const after = page.read('statements.yaml');

    const undone = await page.post<{ state: { undo: string | null; redo: string | null } }>('/api/undo');
    expect(page.read('statements.yaml')).toBe(before);
    expect(undone.body.state).toMatchObject({ undo: null, redo: 'add statements S901' });

    await page.post('/api/redo');
    expect(page.read('statements.yaml')).toBe(after);
    expect((await page.post('/api/redo')).body.error.code).toBe('NOTHING_TO_UNDO');
  });

  it('do not overwrite what was changed by hand since', async () => {
    await page.change({ kind: 'insert', section: 'statements', record: await aStatement(WORDS) });
    page.write('statements.yaml', `${page.read('statements.yaml')}# By hand.\n`);

    const { status, body } = await page.post('/api/undo');

    expect({ status, code: body.error.code }).toEqual({ status: 409, code: 'CONFLICT' });
    expect(page.read('statements.yaml')).toContain('# By hand.');
  });
});

describe('two tabs, or a tab and an editor', () => {
  it('do not overwrite each other: the second write is rejected and nothing is lost', async () => {
    const { files } = await page.state();
    const record = await aStatement(WORDS);
    await page.post('/api/changes', { change: { kind: 'insert', section: 'statements', record }, base: files });

    const second = await page.post('/api/changes', {
      change: { kind: 'remove', section: 'statements', index: 0 },
      base: files,
    });

    expect(second.status).toBe(409);
    expect(second.body.error.message).toContain('in the meantime');
    expect(page.read('statements.yaml')).toContain('S01');
    expect(page.read('statements.yaml')).toContain('S901');
  });
});

describe('a record in braces', () => {
  it('is changed where it is, on its line', async () => {
    const before = 'actors:\n  - { id: salt-guild, kind: GROUP,  name: Salt Guild } # by hand\n';
    page.write('actors.yaml', `${before}places: []\n`);
    const record = { id: 'salt-guild', kind: 'GROUP', name: 'Salt Guild, Marn' };

    const { status } = await page.change({ kind: 'replace', section: 'actors', index: 0, record });

    expect([status, page.read('actors.yaml')]).toEqual([
      200,
      `${before.replace('name: Salt Guild', 'name: "Salt Guild, Marn"')}places: []\n`,
    ]);
  });
});

describe('files that must not be written', () => {
  it('write-protected ones stay as they are, with a clear error', async () => {
    const file = join(page.seedsDir, 'salt-strait-77', 'statements.yaml');
    const before = page.read('statements.yaml');
    chmodSync(file, 0o444);

    const { status, body } = await page.change({ kind: 'remove', section: 'statements', index: 0 });

    expect({ status, code: body.error.code }).toEqual({ status: 403, code: 'READ_ONLY' });
    expect(body.error.message).not.toContain(page.seedsDir);
    expect(page.read('statements.yaml')).toBe(before);
  });

  it('one that cannot be written leaves everything as it is, with the code of the system', async () => {
    const before = page.read('statements.yaml');
    // A folder where the new content would be written first.
    mkdirSync(join(page.seedsDir, 'salt-strait-77', '.statements.yaml.tmp'));

    const { status, body } = await page.change({ kind: 'remove', section: 'statements', index: 0 });

    expect({ status, code: body.error.code }).toEqual({ status: 500, code: 'WRITE_FAILED' });
    expect(body.error.message).toMatch(
      /^salt-strait-77\/statements\.yaml cannot be written \(E\w+\), so nothing was changed\.$/,
    );
    expect([page.read('statements.yaml'), (await page.state()).undo]).toEqual([before, null]);
  });

  it('links that lead out of the seeds are not followed', async () => {
    const file = join(page.seedsDir, 'salt-strait-77', 'trade.yaml');
    const outside = join(page.documentsDir, 'elsewhere.yaml');
    renameSync(file, outside);
    symlinkSync(outside, file);
    const before = readFileSync(outside, 'utf8');

    const { body } = await page.change({
      kind: 'insert',
      section: 'commodities',
      record: { id: 'C901', name: 'salt' },
    });

    expect(body.error.code).toBe('OUTSIDE');
    expect(readFileSync(outside, 'utf8')).toBe(before);
    unlinkSync(file);
  });
});

describe('access', () => {
  /** A request as any program could send it, with any Host. */
  const raw = (path: string, headers: Record<string, string>, method = 'GET', body = '') =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const { port } = new URL(page.url);
      const sent = request({ host: '127.0.0.1', port, path, method, headers, setHost: false }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  const host = () => new URL(page.url).host;

  it('needs the token, and says nothing of the document without it', async () => {
    expect(await raw('/api/document', { host: host() })).toMatchObject({ status: 401 });
    expect(await raw('/api/document', { host: host(), cookie: page.cookie.replace(/.$/, '') })).toMatchObject({
      status: 401,
    });
    const json = { host: host(), 'content-type': 'application/json' };
    for (const token of [page.token.slice(1), '', null, {}])
      expect((await raw('/api/session', json, 'POST', JSON.stringify({ token }))).status).toBe(401);
    expect((await raw('/', { host: host() })).text).not.toContain('salt-strait');
  });

  it('is only from pages of its own address, under whatever name another site reaches it', async () => {
    const { cookie } = page;
    for (const headers of [
      { host: 'annotate.invalid:80', cookie },
      { host: `annotate.invalid:${new URL(page.url).port}`, cookie },
      { host: host(), cookie, origin: 'http://annotate.invalid' },
      { host: host(), cookie, origin: 'null' },
      { host: host(), cookie, origin: 'http://127.0.0.1:1' },
      { host: host(), cookie, 'sec-fetch-site': 'same-site' },
      { cookie } as Record<string, string>,
    ])
      expect((await raw('/api/document', headers)).status, JSON.stringify(headers)).toBeGreaterThanOrEqual(400);
    expect((await raw('/api/document', { host: host(), cookie, origin: `http://${host()}` })).status).toBe(200);
  });

  it('serves and writes nothing outside its folders', async () => {
    const { cookie } = page;
    const headers = { host: host(), cookie, 'content-type': 'application/json' };
    for (const path of [
      '/../package.json',
      '/assets/..%2f..%2fpackage.json',
      '/assets/%2e%2e/index.html',
      '/api/../../x.yaml',
      '/constructor',
    ]) {
      expect((await raw(path, headers)).status, path).toBe(404);
      expect((await raw(path, headers, 'PUT', '{}')).status, path).toBe(405);
    }
    for (const section of ['../../evil', '__proto__', 'constructor', 'document'])
      expect((await page.change({ kind: 'insert', section, record: { id: 'x' } })).status).toBe(400);
    expect(existsSync(join(page.seedsDir, '..', 'evil.yaml'))).toBe(false);
  });

  it('rejects bodies that are too large, of another type, or not JSON', async () => {
    const headers = { host: host(), cookie: page.cookie, 'content-type': 'application/json' };

    const large = `{"section":"${'x'.repeat(1024 * 1024)}"}`;
    expect(
      (await raw('/api/draft', { ...headers, 'content-length': String(large.length) }, 'POST', large)).status,
    ).toBe(413);
    expect((await raw('/api/draft', { ...headers, 'content-type': 'text/plain' }, 'POST', '{}')).status).toBe(415);
    expect((await raw('/api/draft', headers, 'POST', '{"section"')).status).toBe(400);
    expect((await raw('/api/changes', headers, 'POST', '{"change":{"kind":"insert"},"base":{}}')).status).toBe(400);
  });
});

describe('a form', () => {
  it('knows the statement around the selected words', async () => {
    const draft = async (section: string) =>
      (await page.post<DraftAnswer>('/api/draft', { section, selection: page.selection('first salt') })).body.record;

    expect((await draft('links'))['statement']).toBe('S02');
    expect((await draft('quotations'))['statements']).toEqual(['S02']);
    expect(await draft('insertions')).toMatchObject({ id: 'B401', at: expect.any(Array) });
    expect(await draft('quotations')).toMatchObject({ speakerIsCertain: false, isTranslated: false });
  });

  it('adds an alias to the record that the document has of an actor, or to a new addition', async () => {
    const draft = async (alias: string) =>
      (await page.post<DraftAnswer>('/api/draft', { alias, selection: page.selection('harbour minister') })).body;

    expect(await draft('ilvane-torrusk')).toMatchObject({ section: 'actors', index: 3 });
    expect((await draft('ostrenza')).section).toBe('additions');
    expect(await draft('nobody')).toEqual({
      section: 'additions',
      index: null,
      record: { of: 'nobody', aliases: [{ text: 'harbour minister', inDocument: true }] },
    });
  });

  it('offers shared actors of all folders, and records of the document', async () => {
    const { body } = await page.get<Record<string, { id: string; name: string }[]>>('/api/choices');

    expect(body['Id of an actor']).toContainEqual({ id: 'quelmark', name: 'Quelmark' });
    expect(body['Id of a statement']?.[1]).toMatchObject({ id: 'S02' });
    expect(body['Id of a provision']).not.toEqual([]);
  });
});

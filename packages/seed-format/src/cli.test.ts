import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { citeFolder } from './testing/citeFolder.js';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

describe('the command line', () => {
  let folders: ReturnType<typeof citeFolder>;
  beforeAll(() => {
    folders = citeFolder();
  });
  afterAll(() => rmSync(folders.root, { recursive: true }));
  const run = (args: string[], env: NodeJS.ProcessEnv = {}) =>
    spawnSync(process.execPath, [CLI, ...args], {
      encoding: 'utf8',
      cwd: folders.root,
      env: { PATH: process.env['PATH'], SEEDS_DIR: folders.seeds, DOCUMENTS_DIR: folders.documents, ...env },
    });

  it('prints a result to standard output', () => {
    expect(run(['cite', 'ruritania-1', 'The bridge is open'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('at: [18, 36]'),
      stderr: '',
    });
  });

  it('prints the reason for a missing result to standard error', () => {
    expect(run(['cite', 'ruritania-1', 'tunnel'])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('do not occur'),
    });
  });

  it('annotates by words: add, fill and check', () => {
    const file = join(folders.root, 'Dispatch 7.txt');
    writeFileSync(file, 'News\n\nThe Duke’s bridge is open.');

    expect(run(['add', file])).toMatchObject({ status: 0, stderr: '' });
    const folder = join(folders.seeds, 'dispatch-7');
    writeFileSync(
      join(folder, 'actors.yaml'),
      'actors:\n  - { id: duke, kind: PERSON, name: Duke, mentions: [{ form: NAME, words: "Duke\'s" }] }\n',
    );
    expect(run(['check', 'dispatch-7']).stderr.match(/unresolved words|still to be filled in/g)).toHaveLength(3);
    expect(run(['fill', 'dispatch-7'])).toMatchObject({ status: 0, stderr: '' });
    writeFileSync(
      join(folder, 'document.yaml'),
      readFileSync(join(folder, 'document.yaml'), 'utf8')
        .replace('publisher: <fill in>', 'publisher: duke')
        .replace('<fill in>, basis: STATED', '"1901", basis: BACKGROUND'),
    );

    expect(run(['check', 'dispatch-7', '--json'])).toMatchObject({ status: 0, stderr: '' });
    expect(run(['cite', 'dispatch-7', "Duke's"]).stdout).toContain('at: [10, 16]');
    expect(run(['list']).stdout).toMatch(/^dispatch-7 +1 records {2}News$/m);
    expect(run(['rename', 'dispatch-7', 'dispatch-8']).status).toBe(0);
    expect(run(['remove', 'dispatch-8']).status).toBe(0);
    expect(existsSync(join(folders.seeds, 'dispatch-8'))).toBe(false);
  });

  it('checks again after a change with --watch, and ends with status 0 when it is interrupted', async () => {
    const env = { PATH: process.env['PATH'], SEEDS_DIR: folders.seeds };
    const child = spawn(process.execPath, [CLI, 'check', 'ruritania-2', '--watch'], { env });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (printed += String(data)));
    const file = join(folders.seeds, 'ruritania-2/statements.yaml');
    await vi.waitFor(() => expect(printed).toContain('Watching for changes'), { timeout: 20_000 });

    const before = readFileSync(file, 'utf8');
    writeFileSync(`${file}~`, `${before}bogus: []\n`);
    renameSync(`${file}~`, file);
    await vi.waitFor(() => expect(printed).toContain('unknown section "bogus"'), { timeout: 20_000 });
    child.kill('SIGINT');

    expect(await once(child, 'exit')).toEqual([0, null]);
    writeFileSync(file, before);
  });

  it('lets an option override the environment variable, also after the command', () => {
    expect(run(['show', 'S01', '--seeds', folders.documents]).stderr).toContain('no seeds found');
  });

  it('prints problems as JSON to standard output', () => {
    const { status, stdout } = run(['check', '--json', '--seeds', folders.documents]);

    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ problems: [{ line: 1 }], counts: null });
  });

  it('resolves relative paths from the root of the workspace, whatever the working directory', () => {
    expect(run(['check'], { SEEDS_DIR: 'no-such-folder' }).stderr).toMatch(
      /^SEEDS_DIR=.*\/no-such-folder is not a folder/,
    );
    expect(run(['check'], { SEEDS_DIR: 'no-such-folder' }).stderr).not.toContain(folders.root);
  });

  it('treats an empty variable as not set', () => {
    expect(run(['cite', 'ruritania-1', 'bridge'], { DOCUMENTS_DIR: '' }).stderr).toContain('is not mounted');
  });

  it.each([
    [['bogus']],
    [['cite', 'ruritania-1']],
    [['cite', 'ruritania-1', ' ']],
    [['show', 'S01', 'S02']],
    [['check', '--bogus']],
    [['check', '--documents', 'no-such-folder']],
    [['check', '--watch', '--json']],
    [['add', 'x.txt', '--encoding', 'no-such-encoding']],
    [['rename', 'ruritania-1']],
    [[]],
  ])('exits with 2 for %j', (args) => {
    expect(run(args).status).toBe(2);
  });

  it('exits with 0 for --help', () => {
    expect(run(['--help']).status).toBe(0);
  });
});

describe('the command line with hostile seeds', () => {
  const HOSTILE = '\u001b[2J\u001b]0;title\u0007\u009b31m\u202edesrever\u2066\r';
  let folders: ReturnType<typeof citeFolder>;
  beforeAll(() => {
    folders = citeFolder();
    const quoted = JSON.stringify(HOSTILE);
    write(
      'ruritania-1/actors.yaml',
      `actors:\n  - { id: duke-of-ruritania, kind: PERSON, name: Duke, note: "Duke \\u202e\\e[2J", mentions: [], description: ${quoted.slice(0, -1)}\\nb.yaml:1: fake" }\n  - { id: duke-of-graustark, kind: PERSON, name: Duke, note: "Duke \\u202eesrever", mentions: [] }\n  - { id: ${quoted}, kind: ${quoted}, name: x, ${quoted}: 1 }\n${quoted}: []\n`,
    );
    write(`ruritania-1/${HOSTILE}\n.yaml`, 'a: 1\n');
    write(`ruritania-1/${HOSTILE}.txt`, '');
    write(`ruritania-2${HOSTILE}\n/trade.yaml`, `figures: [${quoted}]\n`);
    write('register/trade.yaml', `figures: &a${HOSTILE.replace('\r', '')}x [*a${HOSTILE.replace('\r', '')}x ]\n`);
    write('register/sanctions.yaml', `regimes: "\\q${HOSTILE}"\n? [${quoted}]\n: @${HOSTILE}\n`);
  });
  afterAll(() => rmSync(folders.root, { recursive: true }));
  const write = (file: string, content: string) => {
    mkdirSync(join(folders.seeds, file, '..'), { recursive: true });
    writeFileSync(join(folders.seeds, file), content);
  };
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [CLI, ...args], {
      encoding: 'utf8',
      cwd: folders.root,
      env: { PATH: process.env['PATH'], SEEDS_DIR: folders.seeds, DOCUMENTS_DIR: folders.documents },
    });
  /** What could control a terminal. */
  const UNSAFE = /[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u;

  it.each<[string[], number, string]>([
    [['check'], 1, 'kind: "\\u001b[2J\\u001b]0;title'],
    [['check', '--json'], 1, '\\u202edesrever'],
    [['show', 'duke-of-ruritania'], 1, 'The seeds have problems, so records may be missing.'],
    [['show', 'duke-of-graustark'], 0, 'Duke \\u202eesrever'],
    [['show', `x${HOSTILE}`], 1, '"x\\u001b[2J'],
    [['cite', 'ruritania-1', `x${HOSTILE}`], 1, 'do not occur'],
    [['cite', HOSTILE, 'bridge'], 1, '\\u001b[2J'],
    [['check', `--${HOSTILE}`], 2, '\\u001b[2J'],
    [['check', '--seeds', HOSTILE], 2, '\\u001b[2J'],
    [[HOSTILE], 2, '\\u001b[2J'],
  ])('prints nothing that could control a terminal for %j', (args, expected, shown) => {
    const { status, stdout, stderr } = run(...args);

    expect(stdout + stderr).not.toMatch(UNSAFE);
    expect(status).toBe(expected);
    expect(stdout + stderr).toContain(shown);
  });

  it('prints each problem on one line, whatever it contains', () => {
    const { stdout, stderr } = run('check');

    expect(stdout).toBe('');
    for (const line of stderr.trimEnd().split('\n')) expect(line).toMatch(/^(register|ruritania-[12])[^:]*:\d+/);
  });

  it('prints JSON that parses to the original values', () => {
    const { problems } = JSON.parse(run('check', '--json').stdout) as { problems: { file: string; path: string }[] };

    expect(problems.map(({ file }) => file)).toContain(`ruritania-1/${HOSTILE}\n.yaml`);
    expect(problems.map(({ path }) => path)).toContain(HOSTILE);
  });

  it('reports a text that is not UTF-8 on one line', () => {
    const { root, seeds, documents } = citeFolder();
    const bytes = Buffer.from([0x62, 0xff]);
    const digest = createHash('sha256').update(bytes).digest('hex');
    writeFileSync(join(documents, 'latin\u001b.txt'), bytes);
    writeFileSync(join(seeds, 'ruritania-2/document.yaml'), documentYaml(digest));

    const { status, stdout, stderr } = run('check', '--seeds', seeds, '--documents', documents);

    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^ruritania-2\/document\.yaml:1 document\.sha256: latin\\u001b\.txt in DOCUMENTS_DIR has the digest of the document, but is not UTF-8; expected UTF-8\. [^\n]*$/m,
    );
    rmSync(root, { recursive: true });
  });
});

const documentYaml = (sha256: string): string =>
  `document: { id: ruritania-2, title: News, publishedOn: { edtf: "1901", basis: STATED }, sha256: "${sha256}", length: 2, byteLength: 2, paragraphs: [{ number: 1, role: BODY, at: [0, 2], digest: "0000000000000000" }] }\n`;

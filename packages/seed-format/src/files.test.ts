import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_FILE_BYTES, seedDigests, seedsSize } from './files.js';
import { formatProblem } from './problem.js';
import { readSeeds } from './read.js';

describe('a seeds folder', () => {
  let root: string;
  let seeds: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dossier-files-'));
    seeds = join(root, 'seeds');
    mkdirSync(join(seeds, 'register'), { recursive: true });
    write('register/trade.yaml', 'figures: []\n');
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const write = (file: string, content: string | Buffer): void => {
    mkdirSync(dirname(join(seeds, file)), { recursive: true });
    writeFileSync(join(seeds, file), content);
  };
  const problems = (): string[] => readSeeds(seeds).problems.map(formatProblem);

  it.each<[claim: string, content: Buffer, line: number]>([
    ['in another encoding', Buffer.from('actors: []\n# Stra\u00dfe\n', 'latin1'), 2],
    ['in UTF-16', Buffer.from('\ufeffactors: []\n', 'utf16le'), 1],
    ['cut off within a character', Buffer.from('actors: []\n\n# \u00e9').subarray(0, -1), 3],
    ['with an overlong character', Buffer.from([0x23, 0xc0, 0xaf]), 1],
    ['with half a surrogate pair', Buffer.from([0x23, 0x0a, 0x23, 0xed, 0xa0, 0x80]), 2],
  ])('reports a file %s, with the line', (_, content, line) => {
    write('register/actors.yaml', content);

    expect(problems()).toEqual([`register/actors.yaml:${line}: not UTF-8; expected a YAML file in UTF-8.`]);
  });

  it('may contain files with a byte order mark', () => {
    write('register/trade.yaml', '\ufefffigures: []\n');

    expect(problems()).toEqual([]);
  });

  it('reports a file that is too large without reading it', () => {
    write('register/actors.yaml', '');
    truncateSync(join(seeds, 'register/actors.yaml'), MAX_FILE_BYTES + 1);

    expect(problems()).toEqual([
      `register/actors.yaml:1: a file of ${MAX_FILE_BYTES + 1} bytes; expected at most ${MAX_FILE_BYTES}.`,
    ]);
    expect(seedDigests(seeds).all).toMatch(/^[0-9a-f]{64}$/);
    expect(seedsSize(seeds)).toBeGreaterThan(MAX_FILE_BYTES);
  });

  it('reports a file that cannot be opened by its name', () => {
    // The name is not UTF-8, so the name that Node lists does not exist.
    execFileSync('sh', ['-c', 'printf "actors: []" > "$(printf "$1/register/\\\\377.yaml")"', 'sh', seeds]);

    expect(problems()).toEqual([
      'register/\ufffd.yaml:1: "\ufffd" is not a file of the format; expected actors.yaml, statements.yaml, sanctions.yaml, trade.yaml.',
    ]);
    expect(seedDigests(seeds).all).toMatch(/^[0-9a-f]{64}$/);
    expect(seedsSize(seeds)).toBe('figures: []\n'.length);
  });

  it('reports unusual file names with their control characters escaped', () => {
    write('register/a\u001b[2J\n\u202e.yaml', 'a: 1\n');
    write('\u001b]0;x\u0007/a.txt', '');

    expect(problems()).toEqual([
      'register/a\\u001b[2J\\n\\u202e.yaml:1: "a\\u001b[2J\\n\\u202e" is not a file of the format; expected actors.yaml, statements.yaml, sanctions.yaml, trade.yaml.',
      '\\u001b]0;x\\u0007/a.txt:1: not a seed file; expected YAML files in a folder for each document, or in "register".',
    ]);
  });

  const NOT_FOLLOWED =
    'a symbolic link, which is not followed; expected YAML files in a folder for each document, or in "register".';

  it('reports symbolic links, and does not follow them', () => {
    mkdirSync(join(root, 'outside'));
    writeFileSync(join(root, 'outside/actors.yaml'), 'actors: [secret]\n');
    symlinkSync(join(root, 'outside/actors.yaml'), join(seeds, 'register/actors.yaml'));
    symlinkSync(join(root, 'outside'), join(seeds, 'ruritania-1'));
    symlinkSync('nowhere', join(seeds, 'register/sanctions.yaml'));
    symlinkSync('circle.yaml', join(seeds, 'circle.yaml'));

    expect(problems()).toEqual([
      `circle.yaml:1: ${NOT_FOLLOWED}`,
      `register/actors.yaml:1: ${NOT_FOLLOWED}`,
      `register/sanctions.yaml:1: ${NOT_FOLLOWED}`,
      `ruritania-1:1: ${NOT_FOLLOWED}`,
    ]);
  });

  it('may contain symbolic links to files that are not seeds', () => {
    writeFileSync(join(root, 'README.md'), '');
    symlinkSync(join(root, 'README.md'), join(seeds, 'README.md'));
    symlinkSync('circle', join(seeds, 'circle'));

    expect(problems()).toEqual([]);
  });

  it('reports folders that are named like seed files', () => {
    mkdirSync(join(seeds, 'actors.yaml'));
    mkdirSync(join(seeds, 'register/actors.yml'));

    expect(problems()).toEqual([
      'actors.yaml:1: not a seed file; expected YAML files in a folder for each document, or in "register".',
      'register/actors.yml:1: not a seed file; expected YAML files in a folder for each document, or in "register".',
    ]);
  });
});

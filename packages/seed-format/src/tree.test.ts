import { describe, expect, it, vi } from 'vitest';
import { quickYaml } from './quickYaml.js';
import { GROWTH_TIMEOUT, growth, LINEAR } from './testing/growth.js';
import { parseTree } from './tree.js';

const messagesOf = (source: string) => parseTree(source).errors.map(({ line, message }) => `${line}: ${message}`);

describe('lineOf', () => {
  const { lineOf } = parseTree('# Seeds.\na:\n  - b: 1\n    c: 2\n  -\n    d: [1,\n      2]\n"e": ~\n5: six\n');

  it.each<[path: (string | number)[], line: number]>([
    [[], 2],
    [['a', 0], 3],
    [['a', 0, 'c'], 4],
    [['a', 1, 'd', 1], 7],
    [['e'], 8],
    [['5'], 9],
  ])('returns the line of a value: %j', (path, line) => {
    expect(lineOf(path)).toBe(line);
  });

  it.each<[path: (string | number)[], line: number]>([
    [['a', 0, 'missing'], 3],
    [['a', 0, 'c', 'deeper', 1], 4],
    [['a', 9], 3],
    [['a', 'b'], 3],
    [['constructor'], 2],
    [['__proto__', 'toString'], 2],
  ])('returns the line of the nearest ancestor if there is no value at the path: %j', (path, line) => {
    expect(lineOf(path)).toBe(line);
  });

  it(
    'takes linear time for all keys of a large mapping',
    () => {
      const lines = (keys: number) => {
        const tree = parseTree(Array.from({ length: keys }, (_, key) => `k${key}: ${key}\n`).join(''));
        for (let key = 0; key < keys; key += 1) tree.lineOf([`k${key}`]);
      };

      expect(growth(lines, 5000)).toBeLessThan(LINEAR);
    },
    GROWTH_TIMEOUT,
  );
});

describe('parseTree', () => {
  it('reports repeated keys in block and flow mappings', () => {
    expect(messagesOf('a: 1\nb: { c: 1, c: 2 }\n"a": 2\n').sort()).toEqual([
      '2: the key "c" is given twice, first on line 2; expected each key once.',
      '3: the key "a" is given twice, first on line 1; expected each key once.',
    ]);
  });

  it('reports every alias without expanding it', () => {
    const bomb = `a0: &a0 [x, x]\n${Array.from({ length: 60 }, (_, level) => `a${level + 1}: &a${level + 1} [*a${level}, *a${level}]\n`).join('')}`;
    const { content, errors } = parseTree(bomb);

    expect(content).toBeNull();
    expect(errors).toHaveLength(120);
    expect(errors).toContainEqual({
      line: 2,
      message: 'an alias, "*a0"; expected the value itself.',
      isSyntax: false,
    });
  });

  it('reports nesting that is too deep, with its line', () => {
    for (const source of [
      `a:\n  ${'['.repeat(50_000)}`,
      `a:\n  ${'['.repeat(50_000)}${']'.repeat(50_000)}`,
      `a:\n  ${'{a: '.repeat(50_000)}1`,
      `a:\n  ${'- '.repeat(50_000)}x`,
      `a:\n  ${'? '.repeat(50_000)}x`,
    ]) {
      expect(messagesOf(source)).toEqual(['2: nested deeper than 100 levels; expected records of the format.']);
      expect(parseTree(source).lineOf(['a', 0])).toBe(1);
    }
  });

  it('accepts every depth that the quick parser accepts', () => {
    const nested = (depth: number) => [
      `a: ${'['.repeat(depth)}${']'.repeat(depth)}`,
      `a: ${'{a: '.repeat(depth)}1${'}'.repeat(depth)}`,
      `a:\n  ${'- '.repeat(depth)}x`,
    ];
    for (let depth = 90; depth < 110; depth += 1)
      for (const source of nested(depth)) if (quickYaml(source)) expect(messagesOf(source)).toEqual([]);

    expect(nested(90).map((source) => quickYaml(source) !== null)).toEqual([true, true, true]);
    expect(nested(110).map(quickYaml)).toEqual([null, null, null]);
  });

  it('reports a file with too many tokens, with the line where it stopped', () => {
    const { content, errors } = parseTree('a: [1,\n1,\n1,\n1]\n', {
      maxDepth: 100,
      maxTokens: 10,
      maxSizeForAllErrors: 1000,
    });

    expect(content).toBeNull();
    expect(errors).toEqual([
      {
        line: 2,
        message: expect.stringMatching(/^more than 10 YAML tokens in one file; expected fewer/),
        isSyntax: true,
      },
    ]);
  });

  it('reports only the first error of a large file', () => {
    const source = `a: 1\nb: "${'\\q'.repeat(1000)}"\n`;

    expect(parseTree(source).errors).toHaveLength(1000);
    expect(parseTree(source, { maxDepth: 100, maxTokens: 1000, maxSizeForAllErrors: 1000 }).errors).toEqual([
      { line: 2, message: 'unknown escape sequence; expected YAML.', isSyntax: true },
    ]);
  });

  it('emits no warnings, which would print content of the file to the terminal', () => {
    const warn = vi.spyOn(process, 'emitWarning');

    parseTree('? [a, "\\e[2J"]\n: b\n? { c: d }\n: !unknown e\n');

    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});

describe('parseTree on hostile files', () => {
  it.each<[shape: string, size: number, source: (size: number) => string]>([
    ['blank lines', 10_000, (size) => `a: 1\n${'\n'.repeat(size)}b: 2\n`],
    ['blank lines with spaces', 10_000, (size) => `a: 1\n${'   \n'.repeat(size)}b: 2\n`],
    ['blank lines with carriage returns', 10_000, (size) => `a: 1\r\n${'\r\n'.repeat(size)}b: 2\r\n`],
    ['lines of comments', 10_000, (size) => `a: 1\n${'# x\n'.repeat(size)}b: 2\n`],
    ['comments between blank lines', 5000, (size) => `a:\n  - 1\n${'    # x\n\n'.repeat(size)}  - 2\n`],
    ['one long line', 100_000, (size) => `a: ${'x '.repeat(size)}\n`],
    ['one long line of a list', 5000, (size) => `a: [${'1, '.repeat(size)}]\n`],
    ['one long line of errors', 3000, (size) => `a: [${', '.repeat(size)}]\n`],
    ['escapes that there are not', 3000, (size) => `a: "${'\\q'.repeat(size)}"\n`],
    ['brackets that close nothing', 3000, (size) => '}'.repeat(size)],
    ['small keys', 5000, (size) => Array.from({ length: size }, (_, key) => `k${key}: 1\n`).join('')],
    [
      'small keys on one line',
      5000,
      (size) => `{ ${Array.from({ length: size }, (_, key) => `k${key}: 1`).join(', ')} }`,
    ],
    ['one key again and again', 5000, (size) => 'k: 1\n'.repeat(size)],
    ['a long key', 100_000, (size) => `${'k'.repeat(size)}: 1\n`],
    ['a long anchor and its alias', 100_000, (size) => `a: &${'x'.repeat(size)} 1\nb: *${'x'.repeat(size)}\n`],
    ['anchors in a row', 3000, (size) => `a: ${'&x '.repeat(size)}1\n`],
    ['aliases', 5000, (size) => `a: &x 1\nb:\n${'  - *x\n'.repeat(size)}`],
    ['brackets without end', 20_000, (size) => `a: ${'['.repeat(size)}`],
    ['questions', 20_000, (size) => '? '.repeat(size)],
  ])(
    'takes linear time: %s',
    (_, size, source) => {
      expect(growth((times) => parseTree(source(times)), size)).toBeLessThan(LINEAR);
    },
    GROWTH_TIMEOUT,
  );
});

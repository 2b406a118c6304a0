import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument, stringify } from 'yaml';
import { quickYaml } from './quickYaml.js';
import { GROWTH_TIMEOUT, growth, LINEAR } from './testing/growth.js';

/** The result of the parser that reports every error; null if it rejects the file. */
function slowly(source: string): { content: unknown } | null {
  const yaml = parseDocument(source, { uniqueKeys: true });
  return yaml.errors.length > 0 ? null : { content: yaml.toJS() };
}

const SCALARS = [
  '1',
  '01',
  '0o17',
  '0x1F',
  '0b11',
  '1_000',
  '1.50',
  '.5',
  '5.',
  '1e3',
  '-0',
  '+7',
  '.inf',
  '.nan',
  'yes',
  'No',
  'on',
  'true',
  'TRUE',
  'null',
  'Null',
  '~',
  '',
];
const MORE = [
  '2022-08-19',
  '2022-08',
  '12:30',
  '<<',
  '=',
  'a: b',
  'a #b',
  '- x',
  '"q"',
  "'q'",
  '*a',
  '&a x',
  '!!str 5',
  '!t x',
  '? k',
  '% x',
  '@x',
  '`x',
  'a\tb',
  '"\\u00e9\\n"',
  '|',
  '>',
  'é’',
  '{ a: 1 }',
  '[1, 2]',
];

describe('quickYaml', () => {
  it.each([...SCALARS, ...MORE])('reads %j as parseTree does, or returns null', (scalar) => {
    for (const source of [
      `a: ${scalar}`,
      `- ${scalar}`,
      `a: [${scalar}]`,
      `a: { b: ${scalar} }`,
      `${scalar}: a`,
      `a: b\na: ${scalar}`,
    ]) {
      const quick = quickYaml(source);

      if (quick) expect([source, quick]).toEqual([source, slowly(source)]);
    }
  });

  it('reads everything that the yaml library writes', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.constantFrom(...SCALARS, ...MORE),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any')),
        fc.dictionary(fc.string(), tie('any')),
      ),
    })).any;
    fc.assert(
      fc.property(
        value,
        fc.constantFrom<'BLOCK_LITERAL' | 'PLAIN' | 'QUOTE_DOUBLE'>('PLAIN', 'QUOTE_DOUBLE', 'BLOCK_LITERAL'),
        (content, defaultStringType) => {
          const source = stringify({ content }, { defaultStringType, aliasDuplicateObjects: false });
          const quick = quickYaml(source);

          if (quick) expect(quick).toEqual(slowly(source));
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each(['&! x', '&&& x', '&*\n  - x', '*!', '**', '*&', '&\u00a0 x', '*\u00a0', '!! x', '!!! x'])(
    'returns null for anchors, aliases and tags whose names are punctuation: %j',
    (value) => {
      expect(quickYaml(`a: ${value}\n`)).toBeNull();
      expect(quickYaml(`- ${value}\n`)).toBeNull();
    },
  );

  it.each<[string, (size: number) => string]>([
    ['blank lines', (size) => `a: 1\n${'\n'.repeat(size)}b: 2\n`],
    ['blank lines with spaces', (size) => `a: 1\n${' \n'.repeat(size)}b: 2\n`],
    ['spaces', (size) => `a: 1\n${' '.repeat(size)}\nb: 2\n`],
    ['lines of comments', (size) => `a: 1\n${'# x\n'.repeat(size)}b: 2\n`],
    ['a long line', (size) => `a: ${'x '.repeat(size)}\n`],
    ['ampersands and stars', (size) => `a: x ${'& * ! '.repeat(size)}\n`],
    ['small keys', (size) => Array.from({ length: size }, (_, key) => `k${key}: 1\n`).join('')],
    ['brackets without end', (size) => '['.repeat(size)],
  ])(
    'takes linear time: %s',
    (_, source) => {
      expect(growth((size) => quickYaml(source(size)), 20_000)).toBeLessThan(LINEAR);
    },
    GROWTH_TIMEOUT,
  );

  it('reads seeds in their usual form', () => {
    const seeds = fileURLToPath(new URL('../../../seeds', import.meta.url));
    const folder = join(seeds, 'memri-sd-10149');
    const read = readdirSync(folder).map((name) => {
      const source = readFileSync(join(folder, name), 'utf8');
      const quick = quickYaml(source);
      if (quick) expect(quick).toEqual(slowly(source));
      return quick !== null;
    });

    expect(read).toContain(true);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Path } from './problem.js';
import { quickYaml } from './quickYaml.js';
import { countRecords, recordLines } from './recordLines.js';
import { parseTree } from './tree.js';

function* pathsOf(value: unknown, path: Path = []): Generator<Path> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value))
    yield* pathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]);
}

const linesOf = (source: string) => recordLines(source, countRecords(quickYaml(source)?.content));

/** The paths for which the lines differ from those of the full parser, and the number of paths with a line. */
function compare(source: string): { found: number; different: Path[] } {
  const quick = linesOf(source);
  const { content, lineOf } = parseTree(source);
  const found = [...pathsOf(content)].filter((path) => quick(path) !== null);
  return { found: found.length, different: found.filter((path) => quick(path) !== lineOf(path)) };
}

const SOURCE = `# A comment: not a section
places: # with a comment

  # - id: not a record
  - id: a
    note: |
      - id: text
        more

      places:
    aliases:
      - { text: x }
      - text: "several
          - lines"
  -   id: b
      note: >-
        folded
        - text
works:
- id: c
  list:
  - d
  - e
# the end
tensions: []
flow: [{ id: f }, { id: g }]
`;

describe('recordLines', () => {
  it('gives the same lines as the full parser', () => {
    expect(compare(SOURCE)).toEqual({ found: 16, different: [] });
    expect(compare(SOURCE.replaceAll('\n', '\r\n'))).toEqual({ found: 16, different: [] });
  });

  const seeds = fileURLToPath(new URL('../../../examples/seeds', import.meta.url));
  it.each(readdirSync(seeds, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml')))(
    'gives the same lines as the full parser in %s',
    (file) => {
      const { found, different } = compare(readFileSync(join(seeds, file), 'utf8'));

      expect(different).toEqual([]);
      if (!file.endsWith('document.yaml')) expect(found).toBeGreaterThan(20);
    },
  );

  it('leaves to the full parser what is not a list in block style', () => {
    const lineOf = linesOf(SOURCE);

    expect(lineOf(['flow', 0])).toBeNull();
    expect(lineOf(['places'])).toBeNull();
    expect(lineOf(['places', 2])).toBeNull();
    expect(linesOf('works:\n  -\n    id: a\n  - id: b\n')(['works', 1])).toBeNull();
    expect(linesOf('works:\n  - # of two lines\n    id: a\n  - id: b\n')(['works', 1])).toBeNull();
  });

  it('gives the line of the nearest value that exists', () => {
    const lineOf = linesOf(SOURCE);

    expect(lineOf(['places', 0, 'aliases', 1, 'lang'])).toBe(13);
    expect(lineOf(['places', 0, 'unknown', 'field'])).toBe(5);
  });
});

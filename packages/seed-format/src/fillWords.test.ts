import { describe, expect, it } from 'vitest';
import { fillWords } from './fillWords.js';

const DIGEST = '0123456789abcdef';
/** Every word begins at 1, and its occurrence is where it ends. */
const fill = (source: string) =>
  fillWords(source, (words, occurrence) =>
    words.startsWith('unknown') ? { messages: ['not known.'] } : { at: [1, occurrence ?? 9], digest: DIGEST },
  );
const AT = `at: [1, 9], digest: "${DIGEST}"`;

describe('words in a YAML file', () => {
  it.each([
    ['a flow mapping', `- { form: NAME, words: "The Duke" } # who`, `- { form: NAME, ${AT} } # who`],
    ['a flow mapping with an occurrence', '- { words: Duke, occurrence: 2 }', `- { at: [1, 2], digest: "${DIGEST}" }`],
    [
      'an occurrence that comes first',
      '- { occurrence: 2, form: NAME, words: Duke }',
      `- { at: [1, 2], form: NAME, digest: "${DIGEST}" }`,
    ],
    [
      'an item of a list',
      'passages:\n  - words: The Duke\n  - words: "of"\n    occurrence: 3\n',
      `passages:\n  - { ${AT} }\n  - { at: [1, 3], digest: "${DIGEST}" }\n`,
    ],
    ['a flow list of pairs', 'passages: [words: a, { words: b }]', `passages: [{ ${AT} }, { ${AT} }]`],
    [
      'a block mapping',
      'marked:\n  words: The Duke # marked\nnote: x\n',
      `marked:\n  at: [1, 9]\n  digest: "${DIGEST}" # marked\nnote: x\n`,
    ],
    [
      'a block mapping with other keys',
      '- form: NAME\n  words: >-\n    The\n    Duke\n\n  note: x',
      `- form: NAME\n  at: [1, 9]\n  digest: "${DIGEST}"\n\n  note: x`,
    ],
    [
      'a first key with other keys',
      '- words: "a: #b"\n  form: NAME',
      `- at: [1, 9]\n  digest: "${DIGEST}"\n  form: NAME`,
    ],
    [
      'comments within an item',
      '- # first\n  words: a # why\n  # second\n  occurrence: 2 # which\n',
      `- # first\n  at: [1, 2] # why\n  # second\n  digest: "${DIGEST}" # which\n`,
    ],
    ['quoted keys', '- "words": "a"', `- { ${AT} }`],
    ['words on several lines', '- { form: NAME, words: "The\n    Duke" }', `- { form: NAME, ${AT} }`],
    [
      'line breaks of Windows',
      'x:\r\n  form: NAME\r\n  words: a\r\n',
      `x:\r\n  form: NAME\r\n  at: [1, 9]\r\n  digest: "${DIGEST}"\r\n`,
    ],
    [
      'a last line without an end',
      'x:\n  form: NAME\n  words: a',
      `x:\n  form: NAME\n  at: [1, 9]\n  digest: "${DIGEST}"`,
    ],
  ])('are replaced in %s, and nothing else', (_, source, expected) => {
    expect(fill(source).source).toBe(expected);
    expect(fill(source).problems).toEqual([]);
  });

  it('are replaced where they can be resolved; the rest stays and is reported with its line and path', () => {
    const source = 'statements:\n  - hedges:\n      - { words: unknown }\n      - { words: b }\n';

    expect(fill(source)).toEqual({
      source: `statements:\n  - hedges:\n      - { words: unknown }\n      - { ${AT} }\n`,
      count: 1,
      problems: [{ line: 3, path: 'statements[0].hedges[0].words', messages: ['not known.'] }],
    });
  });

  it.each([
    ['words: [a]', 'not words; expected words of the text, in quotes.'],
    ['words: " "', 'not words; expected words of the text, in quotes.'],
    ['words: 12', 'not words; expected words of the text, in quotes.'],
    [
      'words: a, occurrence: 0',
      '"occurrence" is not a number; expected 1 for the first occurrence of the words, 2 for the second.',
    ],
    [
      'words: a, occurrence: first',
      '"occurrence" is not a number; expected 1 for the first occurrence of the words, 2 for the second.',
    ],
    [`words: a, ${AT}`, 'words and a position; expected either words, or "at" and "digest".'],
  ])('are rejected: { %s }', (pairs, message) => {
    const source = `- { ${pairs} }\n`;

    expect(fill(source)).toMatchObject({ source, count: 0, problems: [{ line: 1, messages: [message] }] });
  });

  it('are left alone if the file cannot be edited safely', () => {
    const source = '- ? words\n  : a\n  form: NAME\n';

    expect(fill(source)).toMatchObject({
      source,
      count: 0,
      problems: [{ messages: [expect.stringContaining('a style of YAML that cannot be edited')] }],
    });
  });

  it('are not looked for in texts', () => {
    const source = 'note: "words: a"\n# words: b\n';

    expect(fill(source)).toEqual({ source, count: 0, problems: [] });
  });
});

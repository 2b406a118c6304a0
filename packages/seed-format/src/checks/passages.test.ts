import { describe, expect, it } from 'vitest';
import { digestOf, passage, TEXT, type Yaml } from '../testing/ruritania.js';
import { changed, problemsAfter, readContents } from '../testing/seedFolder.js';

const ACTORS = 'ruritania-1/actors';
const STATEMENTS = 'ruritania-1/statements';
const DOCUMENT = 'ruritania-1/document';
const LENGTH = [...TEXT].length;
const [FIRST_END] = [...TEXT.matchAll(/\n\n/g)].map(({ index }) => [...TEXT.slice(0, index)].length) as [number];
const from = passage('Monday').at[0];
const until = passage('That is').at[1];
const second = passage(TEXT.split('\n\n')[1] as string).at;

// Without the text: positions are checked by what document.yaml says alone.
const UNMOUNTED = { text: null };

describe('the span of a passage', () => {
  it.each<[claim: string, at: [number, number], message: string]>([
    [
      'over two paragraphs',
      [from, until],
      `the passage [${from}, ${until}] leaves paragraph 2, which ends at ${second[1]}; expected one within it.`,
    ],
    [
      'between paragraphs',
      [FIRST_END, FIRST_END + 1],
      `the passage [${FIRST_END}, ${FIRST_END + 1}] is not in a paragraph; expected one within a paragraph.`,
    ],
    [
      'beyond the document',
      [5, LENGTH + 1],
      `the passage [5, ${LENGTH + 1}] ends beyond the document; expected an end of at most ${LENGTH}.`,
    ],
    ['if it is empty', [30, 30], 'the passage [30, 30] is empty or reversed; expected the end after the start.'],
    ['if it is reversed', [40, 30], 'the passage [40, 30] is empty or reversed; expected the end after the start.'],
  ])('is rejected %s', (_, at, message) => {
    expect(problemsAfter({ [STATEMENTS]: { 'statements[0].passages[0].at': at } }, UNMOUNTED)).toEqual([
      `${STATEMENTS}.yaml statements[0].passages[0].at: ${message} | - ${at[0]}`,
    ]);
  });

  it.each([
    [STATEMENTS, 'statements[0].hedges[0].at'],
    [STATEMENTS, 'quotations[0].marked.at'],
    [STATEMENTS, 'insertions[0].at'],
    [STATEMENTS, 'numbers[0].at'],
    [ACTORS, 'places[0].mentions[0].at'],
    [ACTORS, 'additions[0].mentions[0].at'],
    ['ruritania-1/trade', 'commodities[0].passages[0].at'],
    [DOCUMENT, 'document.paragraphs[2].at'],
  ])('is also checked in %s at %s', (file, path) => {
    expect(problemsAfter({ [file]: { [path]: [second[0], LENGTH + 1] } }, UNMOUNTED)).toContainEqual(
      expect.stringMatching(
        new RegExp(`^${file}\\.yaml ${path.replace(/[[\].]/g, '\\$&')}: .* ends beyond the document`),
      ),
    );
  });

  it('is rejected in the register, which has no document', () => {
    expect(
      problemsAfter({ 'register/actors': { 'actors[0].mentions': [{ form: 'NAME', ...passage('Eder') }] } }),
    ).toEqual([
      'register/actors.yaml actors[0].mentions[0]: a passage in the register, which has no document; expected none. | - form: NAME',
    ]);
  });
});

describe('paragraphs', () => {
  it('are rejected if they overlap', () => {
    const problems = problemsAfter({ [DOCUMENT]: { 'document.paragraphs[1].at': [10, second[1]] } }, UNMOUNTED);

    expect(problems).toContain(
      `${DOCUMENT}.yaml document.paragraphs[1]: paragraph 2 begins at 10, before the end of the previous one (${FIRST_END}); expected paragraphs in order. | - number: 2`,
    );
  });

  it.each([
    [
      'from the middle: the numbers after it and its passages follow',
      1,
      /document\.yaml document\.paragraphs\[1\]: paragraph 3 is item 2 of the list/,
    ],
    [
      'from the end: its other passages follow',
      2,
      /document\.yaml document\.paragraphs: words of the text are in no paragraph: \[\d+, \d+\]; expected/,
    ],
  ])('are missed once if one is removed %s', (_, index, message) => {
    const { problems } = readContents(changed({ [DOCUMENT]: { [`document.paragraphs[${index}]`]: undefined } }));

    const described = problems.map(({ file, path, message: text }) => `${file} ${path}: ${text}`);
    expect(described).toEqual([expect.stringMatching(message)]);
    expect(problems[0]?.consequences).toBeGreaterThan(3);
  });

  it('are rejected out of order', () => {
    const at = (path: string, [start, end]: readonly [number, number]) => ({
      [`document.paragraphs[${path}].at`]: [start, end],
    });
    const problems = problemsAfter({ [DOCUMENT]: { ...at('0', second), ...at('1', [0, FIRST_END]) } }, UNMOUNTED);

    expect(problems).toEqual([
      `${DOCUMENT}.yaml document.paragraphs[1]: paragraph 2 begins at 0, before the end of the previous one (${second[1]}); expected paragraphs in order. | - number: 2`,
    ]);
  });

  it('are rejected if they are not numbered from 1', () => {
    expect(problemsAfter({ [DOCUMENT]: { 'document.paragraphs[2].number': 4 } }, UNMOUNTED)).toEqual([
      `${DOCUMENT}.yaml document.paragraphs[2]: paragraph 4 is item 3 of the list; expected paragraphs numbered from 1. | - number: 4`,
    ]);
  });
});

describe('what the seeds state about a mounted text', () => {
  const WRONG = '0123456789abcdef';
  const WIDE =
    'not the code points of the text that take more than one byte; expected [position, bytes] of each, in order.';

  it.each<[claim: string, file: string, path: string, value: Yaml, message: string, stands: string]>([
    [
      'the digest of a passage',
      STATEMENTS,
      'statements[1].passages[0].digest',
      WRONG,
      `"${WRONG}" is not the digest of the passage in the text; expected "${passage('no cart was ever seen').digest}", or another position.`,
      `digest: ${WRONG}`,
    ],
    [
      'the digest of a paragraph',
      DOCUMENT,
      'document.paragraphs[0].digest',
      WRONG,
      `"${WRONG}" is not the digest of the passage in the text; expected "${passage('Strelsau, 3 May 1901').digest}", or another position.`,
      `digest: ${WRONG}`,
    ],
    [
      'its length',
      DOCUMENT,
      'document.length',
      LENGTH + 1,
      `${LENGTH + 1} is not the length of the text; expected ${LENGTH}.`,
      `length: ${LENGTH + 1}`,
    ],
    [
      'its length in bytes',
      DOCUMENT,
      'document.byteLength',
      LENGTH,
      `${LENGTH} is not the length of the text in bytes; expected ${Buffer.byteLength(TEXT)}.`,
      `byteLength: ${LENGTH}`,
    ],
    ['its wide characters', DOCUMENT, 'document.multibyte', [], WIDE, 'multibyte: []'],
    ['how wide they are', DOCUMENT, 'document.multibyte', [[26, 2]], WIDE, '- - 26'],
  ])('is rejected if it is wrong: %s', (_, file, path, value, message, stands) => {
    expect(problemsAfter({ [file]: { [path]: value } })).toEqual([`${file}.yaml ${path}: ${message} | ${stands}`]);
  });

  it('is not compared with a text of another digest; that text is reported instead', () => {
    const other = problemsAfter({ [DOCUMENT]: { 'document.length': LENGTH + 1 } }, { text: 'Another text.' });
    const named = problemsAfter({}, { text: 'Another text.', textName: 'ruritania-1.txt' });

    expect(other).toEqual([]);
    expect(named).toEqual([
      `${DOCUMENT}.yaml document.sha256: the text mounted under this name has another digest; expected the text that was annotated. | sha256: ${digestOf(TEXT)}`,
    ]);
  });
});

describe('document.yaml', () => {
  it('is rejected if its id is not the name of its folder', () => {
    expect(problemsAfter({ [DOCUMENT]: { 'document.id': 'graustark-1' } })).toContain(
      `${DOCUMENT}.yaml document.id: "graustark-1" is not the name of its folder; expected "ruritania-1". | id: graustark-1`,
    );
  });

  it('is rejected if it is missing', () => {
    expect(problemsAfter({}, { raw: { 'ruritania-1/document.yaml': '{}\n' } })).toContain(
      `${DOCUMENT}.yaml document: missing; expected the document that the folder is about. | {}`,
    );
    expect(problemsAfter({}, { raw: { 'graustark-1/trade.yaml': 'figures: []\n' } })).toEqual([
      'graustark-1/document.yaml document: missing; expected the document that the folder is about. | null',
    ]);
  });

  it('is not reported as missing if it is invalid', () => {
    expect(problemsAfter({ [DOCUMENT]: { 'document.length': 'long' } })).toEqual([
      `${DOCUMENT}.yaml document.length: "long" has the wrong type; expected a number. | length: long`,
    ]);
  });
});

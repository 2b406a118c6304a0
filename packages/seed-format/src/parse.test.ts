import { describe, expect, it } from 'vitest';
import type { Yaml } from './testing/ruritania.js';
import { changed, problemsAfter, readContents } from './testing/seedFolder.js';

const STATEMENTS = 'ruritania-1/statements';

describe('the format', () => {
  it('accepts the valid seeds, with and without the text', () => {
    expect(problemsAfter({})).toEqual([]);
    expect(problemsAfter({}, { text: null })).toEqual([]);
  });

  it.each<[claim: string, file: string, path: string, value: Yaml | undefined, message: string, stands: string]>([
    [
      'an unknown key',
      STATEMENTS,
      'statements[0].colour',
      'red',
      'unknown key "colour"; expected only the keys of the format.',
      'colour: red',
    ],
    [
      'an unknown key further in',
      STATEMENTS,
      'statements[0].saidOn.hour',
      3,
      'unknown key "hour"; expected only the keys of the format.',
      'hour: 3',
    ],
    [
      'a value out of an enum, listing what is allowed',
      'ruritania-1/actors',
      'actors[2].status',
      'KINGDOM',
      '"KINGDOM" is not allowed; expected one of SOVEREIGN_STATE, BREAKAWAY_ENTITY, HISTORICAL_STATE.',
      'status: KINGDOM',
    ],
    [
      'an unknown kind of actor, listing the kinds',
      'ruritania-1/actors',
      'actors[0].kind',
      'SPY',
      '"SPY" is not allowed; expected one of PERSON, POLITY, ORGANIZATION, MEDIA_OUTLET, GROUP.',
      'kind: SPY',
    ],
    [
      'a number for a text',
      STATEMENTS,
      'statements[0].summary',
      5,
      '5 has the wrong type; expected text in quotation marks: "5".',
      'summary: 5',
    ],
    [
      'a number for a date',
      STATEMENTS,
      'statements[0].saidOn.edtf',
      1901,
      '1901 has the wrong type; expected text in quotation marks: "1901".',
      'edtf: 1901',
    ],
    [
      'a missing key, at its record',
      STATEMENTS,
      'statements[0].summary',
      undefined,
      'missing; expected text.',
      '- id: S01',
    ],
    [
      'an id of another kind',
      STATEMENTS,
      'insertions[0].id',
      'I01',
      '"I01": expected B and at least two digits, e.g. B01.',
      '- id: I01',
    ],
    [
      'an invalid digest',
      STATEMENTS,
      'insertions[0].digest',
      'abc',
      '"abc": expected the first 16 hex digits of the SHA-256 of the passage.',
      'digest: abc',
    ],
    [
      'a record that is not a mapping',
      STATEMENTS,
      'insertions[0]',
      null,
      'null has the wrong type; expected keys and their values.',
      '- null',
    ],
    [
      'a section that is not a list',
      STATEMENTS,
      'insertions',
      null,
      'nothing instead of a list; expected a list of records, each with "- " before its first key.',
      'insertions: null',
    ],
    [
      'an unknown section',
      STATEMENTS,
      'rumours',
      [],
      'unknown section "rumours"; expected statements, relations, quotations, works, tensions, cautions, insertions, numbers.',
      'rumours: []',
    ],
  ])('rejects %s', (_, file, path, value, message, stands) => {
    expect(problemsAfter({ [file]: { [path]: value } })).toEqual([`${file}.yaml ${path}: ${message} | ${stands}`]);
  });

  const INHERITED = [
    'constructor',
    '__proto__',
    'prototype',
    'toString',
    'toLocaleString',
    'hasOwnProperty',
    'isPrototypeOf',
    'valueOf',
    '__defineGetter__',
  ];

  it.each(INHERITED)('reports a section called %s as unknown, whatever it contains', (name) => {
    for (const content of ['[]', '[{ id: S01 }]', '{ id: S01 }', 'red', '']) {
      const problems = problemsAfter({}, { raw: { 'register/trade.yaml': `figures: []\n${name}: ${content}\n` } });

      expect(problems).toEqual([
        `register/trade.yaml ${name}: unknown section "${name}"; expected figures, commodities. | ${`${name}: ${content}`.trim()}`,
      ]);
    }
  });

  it.each(INHERITED)('reports a key called %s as unknown', (name) => {
    const figure = `figures:\n  - id: F01\n    measure: RATIO\n    flow: EXPORT\n    period: { edtf: "1900", basis: BACKGROUND }\n    qualifier: UNQUANTIFIED\n    references: [{ title: General knowledge }]\n`;

    expect(problemsAfter({}, { raw: { 'register/trade.yaml': figure } })).toEqual([]);
    expect(problemsAfter({}, { raw: { 'register/trade.yaml': `${figure}    ${name}: 1\n` } })).toEqual([
      `register/trade.yaml figures[0].${name}: unknown key "${name}"; expected only the keys of the format. | ${name}: 1`,
    ]);
  });

  it.each(INHERITED)('reports %s as unknown when it is a kind, a reference or a file name', (name) => {
    expect(problemsAfter({ 'ruritania-1/actors': { 'actors[0].kind': name } })).toEqual([
      expect.stringContaining(`actors[0].kind: "${name}" is not allowed; expected one of PERSON, `),
    ]);
    expect(problemsAfter({ [STATEMENTS]: { 'statements[0].attribution.speakers[0]': name } })).toContainEqual(
      expect.stringContaining(`speakers[0]: "${name}" is not the id of a known actor; expected the id of one`),
    );
    expect(problemsAfter({}, { raw: { [`register/${name}.yaml`]: 'figures: []\n' } })).toEqual([
      `register/${name}.yaml : "${name}" is not a file of the format; expected actors.yaml, statements.yaml, sanctions.yaml, trade.yaml. | figures: []`,
    ]);
  });

  it('accepts any value as the id of a record that is rejected anyway', () => {
    for (const id of ['{ toString: 1 }', '{ toString: 1, valueOf: 1 }', '[[1], { a: 1 }]', '5', 'null', '""']) {
      const problems = problemsAfter(
        {},
        {
          raw: {
            'register/actors.yaml': `actors:\n  - { id: ${id}, kind: { toString: 1 } }\n  - { id: league, kind: ORGANIZATION, type: OTHER, name: League, references: [{ title: x }] }\n`,
          },
        },
      );

      expect(problems.every((problem) => problem.startsWith('register/actors.yaml actors[0]'))).toBe(true);
      expect(problems.length).toBeGreaterThan(0);
    }
  });

  it('rejects files and records that tags turn into other types', () => {
    expect(problemsAfter({}, { raw: { 'register/trade.yaml': '!!set { figures, commodities }\n' } })).toEqual([
      expect.stringContaining('expected the sections figures, commodities.'),
    ]);
    expect(problemsAfter({}, { raw: { 'register/trade.yaml': '!!omap [figures: []]\n' } })).toEqual([
      expect.stringContaining('expected the sections figures, commodities.'),
    ]);
    expect(
      problemsAfter({}, { raw: { 'register/trade.yaml': 'figures: [!!set { id }, !!binary aGVsbG8=]\n' } }).length,
    ).toBeGreaterThan(1);
  });

  it('reports at most a hundred thousand problems per file, and says that there may be more', () => {
    const keys = Array.from({ length: 100_001 }, (_, key) => `    k${key}: 1\n`).join('');
    const { problems } = readContents(changed({}), {
      raw: { 'register/trade.yaml': `figures:\n  - id: F01\n${keys}` },
    });

    expect(problems).toHaveLength(100_001);
    expect(problems[0]?.message).toBe(
      '100000 problems or more; expected fewer, so the rest of the file was not checked.',
    );
  }, 120_000);

  it('reports a record with more invalid values than zod can collect', () => {
    const event = `events:\n  - id: E01\n    background:\n      - fact: x\n        references:\n${'          - 1\n'.repeat(200_000)}`;

    expect(problemsAfter({}, { raw: { 'register/actors.yml': event } })).toEqual([
      'register/actors.yml events[0]: too many invalid values to list; expected a record of the format. | - id: E01',
    ]);
  }, 120_000);

  it('reports every unknown key on its own line', () => {
    const problems = problemsAfter({ [STATEMENTS]: { 'statements[0].colour': 'red', 'statements[0].size': 1 } });

    expect(problems.map((problem) => problem.split(' | ')[1])).toEqual(['colour: red', 'size: 1']);
  });

  it('does not report references to an invalid record', () => {
    expect(
      problemsAfter({
        [STATEMENTS]: { 'statements[0].kind': 'GOSSIP' },
        'ruritania-1/trade': { 'figures[0].flow': 'SIDEWAYS' },
      }),
    ).toHaveLength(2);
  });

  it('truncates long keys in a message', () => {
    const [unknown] = readContents(changed({}), {
      raw: { 'register/trade.yaml': `figures: []\n${'k'.repeat(500)}: 1\n` },
    }).problems;

    expect(unknown?.message).toBe(`unknown section "${'k'.repeat(80)}…"; expected figures, commodities.`);
  });

  it('truncates long values in a message', () => {
    const [problem] = problemsAfter({ [STATEMENTS]: { 'statements[0].kind': 'x'.repeat(500) } });

    expect(problem?.split(';')[0]?.length).toBeLessThan(200);
  });
});

describe('seed files', () => {
  const FIGURE = 'figures:\n  - id: F01\n    flow: TURNOVER\n';

  it.each([
    [
      'syntax errors',
      'register/trade.yaml',
      `${FIGURE}   bad: [\n`,
      'a line between the records of a list; expected "- " before a record, or a key indented like the others of its record. | bad: [',
    ],
    [
      'duplicate keys',
      'register/trade.yaml',
      `${FIGURE}    flow: IMPORT\n`,
      'the key "flow" is given twice, first on line 3; expected each key once. | flow: IMPORT',
    ],
    [
      'duplicate sections',
      'register/trade.yaml',
      'commodities: []\ncommodities: []\n',
      'the key "commodities" is given twice, first on line 1; expected each key once. | commodities: []',
    ],
    [
      'two documents in one file',
      'register/trade.yaml',
      'figures: []\n---\nfigures: []\n',
      'Source contains multiple documents',
    ],
    [
      'aliases',
      'register/trade.yaml',
      'figures: &all\n  - *all\n',
      'an alias, "*all"; expected the value itself. | - *all',
    ],
    [
      'aliases without an anchor',
      'register/trade.yaml',
      'figures: *none\n',
      'an alias, "*none"; expected the value itself. | figures: *none',
    ],
    ['no content', 'register/trade.yaml', '', 'expected the sections figures, commodities.'],
    [
      'an unknown file',
      'ruritania-1/rumours.yaml',
      'rumours: []\n',
      '"rumours" is not a file of the format; expected document.yaml, actors.yaml, statements.yaml, sanctions.yaml, trade.yaml, provenance.yaml. | rumours: []',
    ],
    [
      'a document in the register',
      'register/document.yaml',
      'document: {}\n',
      '"document" is not a file of the format; expected actors.yaml, statements.yaml, sanctions.yaml, trade.yaml.',
    ],
    [
      'a seed file beside the folders',
      'stray.yaml',
      'figures: []\n',
      'not a seed file; expected YAML files in a folder for each document, or in "register".',
    ],
    ['a folder in a folder', 'ruritania-1/more/actors.yaml', 'actors: []\n', 'not a seed file; expected'],
    ['a folder that is called as a seed file', 'ruritania-1/trade.yml/x', '', 'not a seed file; expected'],
    ['a text among the seeds', 'ruritania-1/text.txt', 'Strelsau', 'not a seed file; expected'],
  ])('with %s are rejected', (_, file, content, message) => {
    const problems = problemsAfter({}, { raw: { [file]: content } });

    expect(problems.length).toBeGreaterThan(0);
    expect(
      problems.every((problem) => problem.startsWith(file.replace(/^(ruritania-1\/(more|trade\.yml))\/.*$/, '$1'))),
    ).toBe(true);
    expect(problems.join('\n')).toContain(message);
  });

  it.each([
    'README.md',
    'package.json',
    '.hidden/stray.yaml',
    'ruritania-1/.hidden.yaml.swp',
    'node_modules/yaml/x.yaml',
  ])('are not searched for in %s', (file) => {
    expect(problemsAfter({}, { raw: { [file]: 'x' } })).toEqual([]);
  });
});

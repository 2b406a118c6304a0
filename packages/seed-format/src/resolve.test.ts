import { describe, expect, it } from 'vitest';
import type { Seeds } from './records.js';
import { passage, type Yaml } from './testing/ruritania.js';
import { changed, problemsAfter, readContents } from './testing/seedFolder.js';

const ACTORS = 'ruritania-1/actors';
const STATEMENTS = 'ruritania-1/statements';
const EXAMPLE = {
  statement:
    'is not the id of a known statement; expected the id of one, e.g. S06, or <document>/S06 from another folder.',
  actor: 'is not the id of a known actor; expected the id of one, e.g. kim-jong-un.',
};

describe('ids', () => {
  const seeds = readContents(changed({})).seeds as Seeds;

  it.each<[keyof Seeds, string]>([
    ['documents', 'document:ruritania-1'],
    ['actors', 'organization:league'],
    ['places', 'place:strelsau'],
    ['offices', 'office:ruritania-1/O01'],
    ['events', 'event:ruritania-1/E01'],
    ['statements', 'statement:ruritania-1/S01'],
    ['relations', 'relation:ruritania-1/R01'],
    ['quotations', 'quotation:ruritania-1/Q01'],
    ['works', 'work:ruritania-1/W01'],
    ['tensions', 'tension:ruritania-1/T01'],
    ['cautions', 'caution:ruritania-1/X01'],
    ['regimes', 'regime:toll'],
    ['instruments', 'instrument:act-1'],
    ['provisions', 'provision:act-1/2'],
    ['designations', 'designation:toll/graustark'],
    ['links', 'link:ruritania-1/L01'],
    ['figures', 'figure:ruritania-1/F01'],
    ['commodities', 'commodity:ruritania-1/C01'],
  ])('of %s are typed, e.g. %s', (section, id) => {
    expect(seeds[section][0]?.id).toBe(id);
  });

  it('of actors have the prefix of their kind', () => {
    expect(seeds.actors.map(({ id }) => id)).toEqual([
      'organization:league',
      'person:count-rupert',
      'outlet:ruritanian-post',
      'polity:graustark',
      'polity:ruritania',
      'person:duke-albert',
    ]);
  });

  it('replace references everywhere in a record', () => {
    expect(seeds.statements[0]?.attribution).toMatchObject({
      speakers: ['person:count-rupert'],
      candidates: ['person:count-rupert'],
      relayChain: [{ carrier: 'outlet:ruritanian-post' }],
    });
    expect(seeds.links[0]).toMatchObject({
      statement: 'statement:ruritania-1/S01',
      provision: 'provision:act-1/2',
      regime: null,
    });
    expect(seeds.figures.find(({ id }) => id.endsWith('D02'))?.derivation?.inputs).toEqual([
      'figure:ruritania-1/F01',
      'figure:ruritania-1/D01',
    ]);
  });

  it('of a document are qualified in references from other folders', () => {
    const event = {
      id: 'E02',
      label: 'Hearsay',
      kind: 'VISIT',
      status: 'ALLEGED',
      date: { edtf: '1900', basis: 'BACKGROUND' },
      statements: ['ruritania-1/S01'],
      references: [{ title: 'General knowledge' }],
    };
    const { seeds: read, problems } = readContents(changed({ 'register/actors': { events: [event] } }));

    expect(problems).toEqual([]);
    expect(read?.events.find(({ id }) => id === 'event:register/E02')?.statements).toEqual([
      'statement:ruritania-1/S01',
    ]);
  });

  it.each<[claim: string, file: string, changes: Record<string, Yaml>, problem: string]>([
    [
      'twice in a section',
      STATEMENTS,
      { 'cautions[1]': { id: 'X01', kind: 'NAMING', explanation: 'Once more.', passages: [passage('Eder')] } },
      'cautions[1].id: "ruritania-1/X01" is already the id of a record in ruritania-1/statements.yaml:',
    ],
    [
      'of a place and an actor',
      ACTORS,
      { 'places[1]': { id: 'graustark', name: 'Graustark', mentions: [{ form: 'NAME', ...passage('Graustark') }] } },
      'places[1].id: "graustark" is already the id of a record in ruritania-1/actors.yaml:',
    ],
    [
      'of actors of two kinds',
      ACTORS,
      {
        'actors[5]': {
          id: 'count-rupert',
          kind: 'GROUP',
          name: 'Rupert',
          mentions: [{ form: 'NAME', ...passage('Rupert') }],
        },
      },
      'actors[5].id: "count-rupert" is already the id of a record in ruritania-1/actors.yaml:2',
    ],
    [
      'in two folders',
      ACTORS,
      {
        'actors[5]': {
          id: 'league',
          kind: 'GROUP',
          name: 'League',
          mentions: [{ form: 'NAME', ...passage('Rupert') }],
        },
      },
      'actors[5].id: "league" is already the id of a record in register/actors.yaml:2',
    ],
  ])('are rejected %s', (_, file, changes, problem) => {
    const problems = problemsAfter({ [file]: changes });

    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${file}.yaml ${problem}`);
    expect(problems[0]).toMatch(/expected a unique id\. \| - id: /);
  });

  it('are rejected if a provision occurs twice', () => {
    const provision = {
      instrument: 'act-1',
      paragraph: '2',
      measure: 'OTHER',
      direction: 'BOTH',
      summary: 'Again.',
      inForceFrom: '1890-01-01',
      references: [{ title: 'Act 1' }],
    };

    expect(problemsAfter({ 'register/sanctions': { 'provisions[1]': provision } })).toEqual([
      expect.stringMatching(
        /^register\/sanctions\.yaml provisions\[1\]: "act-1\/2" is already the id of a record in register\/sanctions\.yaml:\d+; expected a unique id\. \| - instrument: act-1$/,
      ),
    ]);
  });
});

describe('references', () => {
  it.each<[claim: string, file: string, path: string, value: string, message: string, stands: string]>([
    ['to an unknown id', STATEMENTS, 'tensions[0].statements[1]', 'S99', `"S99" ${EXAMPLE.statement}`, '- S99'],
    [
      'to an unknown id, in another file',
      'ruritania-1/trade',
      'figures[0].statement',
      'S99',
      `"S99" ${EXAMPLE.statement}`,
      'statement: S99',
    ],
    [
      'to a document that is not there',
      'ruritania-1/trade',
      'figures[0].statement',
      'ruritania-9/S01',
      `"ruritania-9/S01" ${EXAMPLE.statement}`,
      'statement: ruritania-9/S01',
    ],
    [
      'to an actor that is a place',
      STATEMENTS,
      'statements[0].attribution.relayChain[0].carrier',
      'strelsau',
      `"strelsau" ${EXAMPLE.actor}`,
      '- carrier: strelsau',
    ],
    [
      'to a place that is an actor',
      ACTORS,
      'events[0].place',
      'graustark',
      '"graustark" is not the id of a known place; expected the id of one, e.g. donbass.',
      'place: graustark',
    ],
    [
      'that are typed already',
      STATEMENTS,
      'statements[0].attribution.relayChain[0].carrier',
      'outlet:ruritanian-post',
      `"outlet:ruritanian-post" ${EXAMPLE.actor}`,
      '- carrier: outlet:ruritanian-post',
    ],
    [
      'from the register to a provision',
      'register/sanctions',
      'provisions[0].replacedBy',
      'act-2/1',
      '"act-2/1" is not the id of a known provision; expected the id of one, e.g. unscr-2397/8.',
      'replacedBy: act-2/1',
    ],
  ])('are rejected %s', (_, file, path, value, message, stands) => {
    expect(problemsAfter({ [file]: { [path]: value } })).toEqual([`${file}.yaml ${path}: ${message} | ${stands}`]);
  });
});

describe('the default', () => {
  const seeds = readContents(changed({})).seeds as Seeds;

  it('for a basis is DOCUMENT in the folder of a document, BACKGROUND in the register, DERIVED with a derivation', () => {
    expect(seeds.statements[0]?.basis).toBe('DOCUMENT');
    expect(seeds.provisions[0]?.basis).toBe('BACKGROUND');
    expect(seeds.figures.map(({ basis }) => basis)).toEqual([
      'DOCUMENT',
      'DOCUMENT',
      'DOCUMENT',
      'DERIVED',
      'DERIVED',
      'DERIVED',
    ]);
  });

  it('for a basis is that of the record type if it has one', () => {
    expect([seeds.relations[0]?.basis, seeds.tensions[0]?.basis, seeds.cautions[0]?.basis]).toEqual([
      'ANALYST',
      'ANALYST',
      'ANALYST',
    ]);
  });

  it('for the caveat of a derivation is the note of the figure', () => {
    expect(seeds.figures.find(({ id }) => id.endsWith('D01'))?.derivation?.caveat).toBe('Not printed.');
  });

  it('for the citation of a passage follows from its position', () => {
    expect(seeds.statements[1]?.passages[0]?.citation).toMatch(/^citation:ruritania-1#char=\d+,\d+$/);
    expect(seeds.statements[0]?.hedges[0]?.citation).toMatch(/^citation:ruritania-1#char=/);
  });

  it('for the origin is the document, file and line of the record', () => {
    expect(seeds.statements[0]?.origin).toEqual({
      document: 'document:ruritania-1',
      file: 'ruritania-1/statements.yaml',
      line: 2,
    });
    expect(seeds.provisions[0]?.origin).toMatchObject({ document: null, file: 'register/sanctions.yaml' });
  });
});

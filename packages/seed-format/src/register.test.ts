import { describe, expect, it } from 'vitest';
import type { Seeds } from './records.js';
import { passage, type SeedContents, type Yaml } from './testing/ruritania.js';
import { type Changes, changed, problemsAfter, readContents } from './testing/seedFolder.js';

const ACTORS = 'ruritania-1/actors';
const REGISTER = 'register/actors';
const KNOWN = [{ title: 'General knowledge' }];
const person = (id: string, more: Record<string, Yaml> = {}): Yaml => ({
  id,
  kind: 'PERSON',
  name: id,
  references: KNOWN,
  ...more,
});
const merge = (id: string, sameAs: string): Yaml => ({ id, sameAs, reason: 'Two spellings of one name.' });

const seedsAfter = (changes: Changes, others: SeedContents = {}): Seeds => {
  const { seeds, problems } = readContents({ ...changed(changes), ...others });
  expect(problems).toEqual([]);
  return seeds as Seeds;
};

describe('what a document adds to a record of the register', () => {
  it('has the basis DOCUMENT unless it says otherwise', () => {
    const { additions } = seedsAfter({
      [ACTORS]: {
        'additions[0].aliases': [{ text: 'the League' }, { text: 'Bund', basis: 'BACKGROUND', references: KNOWN }],
        'additions[0].affiliations': [{ to: 'ruritania' }],
      },
    });

    expect(additions).toEqual([
      expect.objectContaining({
        of: 'organization:league',
        aliases: [
          expect.objectContaining({ text: 'the League', basis: 'DOCUMENT' }),
          expect.objectContaining({ text: 'Bund', basis: 'BACKGROUND' }),
        ],
        affiliations: [expect.objectContaining({ to: 'polity:ruritania', basis: 'DOCUMENT' })],
      }),
    ]);
  });

  it.each<[claim: string, changes: Changes, problem: string]>([
    [
      'twice in a folder',
      { [ACTORS]: { 'additions[1]': { of: 'league', note: 'Again.' } } },
      'additions[1]: "ruritania-1/league" is already the id of a record',
    ],
    [
      'if it is nothing',
      { [ACTORS]: { 'additions[0].mentions': [] } },
      'additions[0]: adds nothing; expected mentions',
    ],
    [
      'to an unknown record',
      { [ACTORS]: { 'additions[0].of': 'union' } },
      'additions[0].of: "union" is not the id of a known party',
    ],
    [
      'in the register',
      { [REGISTER]: { additions: [] } },
      'additions: misplaced section "additions"; expected actors, places, offices, kinship, events, merges, or this section in the folder of a document.',
    ],
  ])('is rejected %s', (_, changes, problem) => {
    expect(problemsAfter(changes)).toEqual([expect.stringContaining(problem)]);
  });
});

describe('a merged id', () => {
  it('leads every reference to the record with the other id', () => {
    const seeds = seedsAfter({
      [REGISTER]: { 'actors[1]': person('rupert-of-hentzau'), merges: [merge('count-rupert', 'rupert-of-hentzau')] },
    });

    expect(seeds.merges).toEqual([
      expect.objectContaining({ id: 'person:count-rupert', sameAs: 'person:rupert-of-hentzau' }),
    ]);
    expect(JSON.stringify({ ...seeds, merges: [], additions: [] })).not.toContain('"person:count-rupert"');
    expect(seeds.statements[0]?.attribution.speakers).toEqual(['person:rupert-of-hentzau']);
  });

  it('gives its names, identifiers, affiliations and mentions to the other record', () => {
    const { additions, actors } = seedsAfter({
      [ACTORS]: {
        'actors[0].identifiers': [{ scheme: 'passport', value: 'R1' }],
        'actors[0].affiliations': [{ to: 'league' }],
      },
      [REGISTER]: { 'actors[1]': person('rupert-of-hentzau'), merges: [merge('count-rupert', 'rupert-of-hentzau')] },
    });

    expect(actors.map(({ id }) => id)).not.toContain('person:count-rupert');
    expect(additions[0]).toMatchObject({
      of: 'person:rupert-of-hentzau',
      aliases: [{ text: 'Count Rupert', basis: 'DOCUMENT' }, { text: 'Rupert' }],
      identifiers: [{ value: 'R1' }],
      affiliations: [{ to: 'organization:league' }],
      mentions: [{ form: 'NAME' }],
    });
  });

  it('needs no record of its own', () => {
    expect(seedsAfter({ [REGISTER]: { merges: [merge('old-league', 'league')] } }).merges).toEqual([
      expect.objectContaining({ id: 'organization:old-league', sameAs: 'organization:league' }),
    ]);
  });

  it.each<[claim: string, merges: Yaml[], problems: string[]]>([
    [
      'with itself',
      [merge('league', 'league')],
      ['"league" is merged with itself; expected the id of another record.'],
    ],
    [
      'in a cycle',
      [merge('a', 'b'), merge('b', 'a')],
      ['a cycle: "b" is merged into "a"', 'a cycle: "a" is merged into "b"'],
    ],
    ['in a chain', [merge('a', 'b'), merge('b', 'c')], ['a chain: "b" is merged into "c"; expected "c".']],
    ['across kinds', [merge('a', 'ruritania')], ['"a" is a person, "ruritania" a polity; expected two of one kind.']],
    [
      'of an actor with a place',
      [merge('a', 'strelsau')],
      ['"a" is a person, "strelsau" a place; expected two of one kind.'],
    ],
    [
      'into an unknown id',
      [merge('a', 'nobody')],
      ['"nobody" is not the id of a known party; expected the id of one.'],
    ],
    ['twice', [merge('a', 'b'), merge('a', 'c')], ['"a" is already the id of a record']],
  ])('is rejected %s', (_, merges, problems) => {
    const after = problemsAfter({
      [REGISTER]: { 'actors[1]': person('a'), 'actors[2]': person('b'), 'actors[3]': person('c'), merges },
    });

    expect(after).toEqual(problems.map((problem) => expect.stringContaining(problem)));
  });

  it('is recorded in the register only', () => {
    expect(problemsAfter({ [ACTORS]: { merges: [merge('a', 'league')] } })).toEqual([
      expect.stringContaining(
        'misplaced section "merges"; expected actors, places, offices, kinship, events, additions, or this section in the register.',
      ),
    ]);
  });
});

describe('a passage on a regime of the register', () => {
  const inRegister: Changes = {
    'ruritania-1/sanctions': { regimes: [], citations: [{ regime: 'toll', passages: [passage('toll')] }] },
    'register/sanctions': { regimes: [{ id: 'toll', name: 'Toll', references: KNOWN }] },
  };
  const citing = (citation: Yaml, more: Changes = inRegister): string[] =>
    problemsAfter({ ...more, 'ruritania-1/sanctions': { ...more['ruritania-1/sanctions'], citations: [citation] } });

  it('is recorded in the folder of its document', () => {
    expect(seedsAfter(inRegister).citations).toEqual([
      expect.objectContaining({
        regime: 'regime:toll',
        passages: [expect.objectContaining({ citation: expect.stringContaining('ruritania-1#') })],
      }),
    ]);
  });

  it.each<[claim: string, citation: Yaml, problem: string]>([
    ['without a target', { passages: [passage('toll')] }, 'no target; expected one of regime, instrument, provision.'],
    [
      'with two targets',
      { regime: 'toll', instrument: 'act-1', passages: [passage('toll')] },
      'several targets; expected one of',
    ],
    [
      'with a note on a provision',
      { provision: 'act-1/2', note: 'x', passages: [passage('toll')] },
      'a provision has no note',
    ],
  ])('is rejected %s', (_, citation, problem) => {
    expect(citing(citation)).toEqual([expect.stringContaining(problem)]);
  });

  it('is rejected for a regime of a document', () => {
    expect(citing({ regime: 'toll', passages: [passage('toll')] }, {})).toEqual([
      expect.stringContaining('"toll" is recorded in ruritania-1/sanctions.yaml; expected a record of the register.'),
    ]);
  });
});

describe('statements of several documents', () => {
  const inRegister = (content: Yaml, changes: Changes = {}) => ({
    ...changed(changes),
    'register/statements': content,
  });
  const tension = {
    id: 'T01',
    kind: 'REBUTTAL',
    statements: ['ruritania-1/S01', 'ruritania-1/S02'],
    explanation: 'Both cannot hold.',
  };
  const relation = (from: string, to: string): Yaml => ({
    id: 'R01',
    type: 'SUPPORTS',
    from,
    to,
    rationale: 'It does.',
  });
  const messagesOf = (contents: SeedContents) =>
    readContents(contents).problems.map(({ file, path, message }) => `${file} ${path}: ${message}`);

  it('may be in a tension and a relation of the register, which belong to no document', () => {
    const { seeds, problems } = readContents(
      inRegister({ tensions: [tension], relations: [relation('ruritania-1/S01', 'ruritania-1/S03')] }),
    );

    expect(problems).toEqual([]);
    expect(seeds?.tensions.map(({ id, origin }) => [id, origin.document])).toContainEqual([
      'tension:register/T01',
      null,
    ]);
    expect(seeds?.relations.map(({ id }) => id)).toContain('relation:register/R01');
  });

  it('are named by a tension of the register that refers to a document that was removed', () => {
    expect(
      messagesOf(inRegister({ tensions: [{ ...tension, statements: ['ruritania-1/S01', 'ruritania-9/S01'] }] })),
    ).toEqual([
      expect.stringContaining(
        'register/statements.yaml tensions[0].statements[1]: "ruritania-9/S01" is not the id of a known statement',
      ),
    ]);
  });

  it('have a relation only once, in the register or in a document', () => {
    const both = inRegister({
      relations: [{ ...(relation('ruritania-1/S01', 'ruritania-1/S02') as object), type: 'CONTRADICTS' }],
    });

    expect(messagesOf(both)).toEqual([
      expect.stringContaining('register/statements.yaml relations[0].type: CONTRADICTS is already recorded'),
      expect.stringContaining('ruritania-1/statements.yaml relations[0].type: CONTRADICTS is already recorded'),
    ]);
  });

  it('are not recorded in the register themselves', () => {
    expect(messagesOf(inRegister({ statements: [] }))).toEqual([
      'register/statements.yaml statements: misplaced section "statements"; expected relations, tensions, or this section in the folder of a document.',
    ]);
  });
});

describe('unique values', () => {
  it('include the symbols of instruments', () => {
    const act = {
      id: 'act-2',
      symbol: 'Act 1',
      title: 'Another',
      regime: 'toll',
      adoptedOn: { edtf: '1891', basis: 'BACKGROUND' },
      references: KNOWN,
    };

    expect(problemsAfter({ 'register/sanctions': { 'instruments[1]': act } })).toEqual([
      expect.stringMatching(
        /^register\/sanctions\.yaml instruments\[1\]\.symbol: "Act 1" is already the symbol of an instrument in register\/sanctions\.yaml:\d+; expected a unique symbol\. \| symbol: Act 1$/,
      ),
    ]);
  });

  it('do not include identifiers: two parties can share a passport', () => {
    const identifiers = [{ scheme: 'passport', value: 'R1' }];

    expect(
      problemsAfter({ [ACTORS]: { 'actors[0].identifiers': identifiers, 'actors[1].identifiers': identifiers } }),
    ).toEqual([]);
  });
});

describe('an affiliation', () => {
  it('of an actor to itself is rejected in an addition, and after a merge', () => {
    const affiliations = [{ to: 'league' }];
    const old = { ...(person('old-league') as object), kind: 'ORGANIZATION', type: 'OTHER' };
    const self = expect.stringContaining(
      'affiliations[0].to: "organization:league" is the actor itself; expected another one.',
    );

    expect(problemsAfter({ [ACTORS]: { 'additions[0].affiliations': affiliations } })).toEqual([self]);
    expect(
      problemsAfter({
        [REGISTER]: {
          'actors[1]': { ...old, affiliations: [{ to: 'league', basis: 'BACKGROUND', references: KNOWN }] },
          merges: [merge('old-league', 'league')],
        },
      }),
    ).toEqual([self]);
  });
});

describe('kinship', () => {
  it('of a person with itself is rejected, also after a merge', () => {
    const kin = { id: 'K01', person: 'a', relative: 'b', relation: 'cousin', inverse: 'cousin', references: KNOWN };

    expect(
      problemsAfter({
        [REGISTER]: { 'actors[1]': person('a'), 'actors[2]': person('b'), kinship: [kin], merges: [merge('b', 'a')] },
      }),
    ).toEqual([expect.stringContaining('kinship[0].relative: "person:a" is the person itself; expected another one.')]);
  });
});

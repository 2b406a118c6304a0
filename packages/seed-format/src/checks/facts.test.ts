import { describe, expect, it } from 'vitest';
import { passage, type Yaml } from '../testing/ruritania.js';
import { problemsAfter } from '../testing/seedFolder.js';

const ACTORS = 'ruritania-1/actors';
const STATEMENTS = 'ruritania-1/statements';
const SANCTIONS = 'ruritania-1/sanctions';
const ACTS = 'register/sanctions';

type Refusal = [
  claim: string,
  file: string,
  changes: Record<string, Yaml | undefined>,
  problem: string,
  stands: string,
];

describe('the basis of a fact', () => {
  const NO_PASSAGE = 'a DOCUMENT fact without a citation; expected at least one passage.';
  const NO_MENTION = 'a DOCUMENT fact without a citation; expected at least one mention.';
  const NO_REFERENCE = 'a BACKGROUND fact without a reference; expected at least one under "references".';
  const NO_REASON = 'an ANALYST fact without a reason; expected a rationale, an explanation or a note.';

  it.each<Refusal>([
    [
      'a statement without a passage',
      STATEMENTS,
      { 'statements[1].passages': [] },
      `statements[1].basis: ${NO_PASSAGE}`,
      '- id: S02',
    ],
    [
      'an office without a passage',
      ACTORS,
      { 'offices[0].passages': undefined },
      `offices[0].basis: ${NO_PASSAGE}`,
      '- id: O01',
    ],
    [
      'a regime without a passage',
      SANCTIONS,
      { 'regimes[0].passages': [] },
      `regimes[0].basis: ${NO_PASSAGE}`,
      '- id: toll',
    ],
    [
      'an actor without a mention',
      ACTORS,
      { 'actors[1].mentions': [] },
      `actors[1].basis: ${NO_MENTION}`,
      '- id: ruritanian-post',
    ],
    [
      'a place without a mention',
      ACTORS,
      { 'places[0].mentions': undefined },
      `places[0].basis: ${NO_MENTION}`,
      '- id: strelsau',
    ],
    [
      'an actor of the register without a reference',
      'register/actors',
      { 'actors[0].references': undefined },
      `actors[0].basis: ${NO_REFERENCE}`,
      '- id: league',
    ],
    [
      'a provision without a reference',
      ACTS,
      { 'provisions[0].references': [] },
      `provisions[0].basis: ${NO_REFERENCE}`,
      '- instrument: act-1',
    ],
    [
      'an affiliation from outside without a reference',
      ACTORS,
      { 'actors[3].affiliations[0].references': [] },
      `actors[3].affiliations[0].basis: ${NO_REFERENCE}`,
      'basis: BACKGROUND',
    ],
    [
      'a link that would need one',
      SANCTIONS,
      { 'links[0].basis': 'BACKGROUND' },
      `links[0].basis: ${NO_REFERENCE}`,
      'basis: BACKGROUND',
    ],
    [
      'a relation without a rationale',
      STATEMENTS,
      { 'relations[0].rationale': undefined },
      `relations[0].basis: ${NO_REASON}`,
      '- id: R01',
    ],
    [
      'an analyst’s event without a note',
      ACTORS,
      { 'events[0].basis': 'ANALYST' },
      `events[0].basis: ${NO_REASON}`,
      'basis: ANALYST',
    ],
    [
      'a derived event without a note',
      ACTORS,
      { 'events[0].basis': 'DERIVED' },
      'events[0].basis: a DERIVED fact without a reason; expected a derivation with its formula, or a note.',
      'basis: DERIVED',
    ],
  ])('is rejected for %s', (_, file, changes, problem, stands) => {
    expect(problemsAfter({ [file]: changes })).toEqual([`${file}.yaml ${problem} | ${stands}`]);
  });

  it('is not DOCUMENT in the register, even for an actor that a document mentions', () => {
    expect(problemsAfter({ 'register/actors': { 'actors[0].basis': 'DOCUMENT' } })).toEqual([
      'register/actors.yaml actors[0].basis: DOCUMENT in the register; expected no basis, but references: it becomes DOCUMENT while a document mentions it. | basis: DOCUMENT',
    ]);
  });
});

describe('an attribution', () => {
  const at = (field: string) => `statements[0].attribution.${field}`;
  const chain = (...carriers: (string | null)[]): Record<string, Yaml> => ({
    [at('relayChain')]: carriers.map((carrier) => ({ carrier })),
  });

  it.each<Refusal>([
    [
      'a speaker in status MISSING',
      STATEMENTS,
      { 'statements[1].attribution.speakers': ['graustark'] },
      'statements[1].attribution.speakers: status MISSING with a speaker; expected none, because the speaker is not known.',
      '- graustark',
    ],
    [
      'imputed words with a speaker',
      STATEMENTS,
      { 'statements[2].attribution.speakers': ['graustark'] },
      'statements[2].attribution.speakers: status IMPUTED with a speaker; expected none, because the speaker is not known.',
      '- graustark',
    ],
    [
      'an explicit speaker who is not named',
      STATEMENTS,
      { [at('speakers')]: [] },
      `${at('speakers')}: status EXPLICIT without a speaker; expected at least one.`,
      'speakers: []',
    ],
    [
      'an implicit speaker who is not named',
      STATEMENTS,
      { [at('status')]: 'IMPLICIT', [at('speakers')]: undefined },
      `${at('speakers')}: status IMPLICIT without a speaker; expected at least one.`,
      'status: IMPLICIT',
    ],
    [
      'an uncertain speaker who is not named',
      STATEMENTS,
      { [at('status')]: 'INHERITED_UNCERTAIN', [at('speakers')]: [] },
      `${at('speakers')}: status INHERITED_UNCERTAIN without a speaker; expected at least one.`,
      'speakers: []',
    ],
    [
      'imputed words without "imputedTo"',
      STATEMENTS,
      { 'statements[2].attribution.imputedTo': undefined },
      'statements[2].attribution.status: status IMPUTED; expected "imputedTo" and "imputedBy" as well.',
      'status: IMPUTED',
    ],
    [
      'imputed words without "imputedBy"',
      STATEMENTS,
      { 'statements[2].attribution.imputedBy': undefined },
      'statements[2].attribution.status: status IMPUTED; expected "imputedTo" and "imputedBy" as well.',
      'status: IMPUTED',
    ],
    [
      '"imputedTo" in another status',
      STATEMENTS,
      { [at('imputedTo')]: 'graustark' },
      `${at('status')}: status EXPLICIT with "imputedTo" or "imputedBy"; expected IMPUTED, or neither "imputedTo" nor "imputedBy".`,
      'status: EXPLICIT',
    ],
    [
      'a speaker who is not a candidate',
      STATEMENTS,
      { [at('candidates')]: ['graustark'] },
      `${at('candidates')}: a speaker is not among the candidates; expected all actors who may have said it.`,
      '- graustark',
    ],
    [
      'a carrier twice',
      STATEMENTS,
      chain('ruritanian-post', null, 'league', null, 'ruritanian-post'),
      `${at('relayChain')}: a cycle: "outlet:ruritanian-post" occurs twice in the chain; expected each carrier once.`,
      '- carrier: ruritanian-post',
    ],
    [
      'a chain that begins with the speaker',
      STATEMENTS,
      chain('count-rupert', 'ruritanian-post'),
      `${at('relayChain')}: a cycle: the chain begins with the speaker, "person:count-rupert"; expected the carrier after it.`,
      '- carrier: count-rupert',
    ],
  ])('is rejected with %s', (_, file, changes, problem, stands) => {
    expect(problemsAfter({ [file]: changes })).toEqual([`${file}.yaml ${problem} | ${stands}`]);
  });

  it('does not need a note', () => {
    expect(
      problemsAfter({ [STATEMENTS]: { [at('status')]: 'INHERITED_UNCERTAIN', 'statements[0].note': undefined } }),
    ).toEqual([]);
  });

  it('may have several carriers whose names are lost', () => {
    expect(problemsAfter({ [STATEMENTS]: chain(null, null, 'ruritanian-post') })).toEqual([]);
  });

  it('may end with a publisher that retells a source whose name is lost', () => {
    const speakers = { 'statements[0].attribution.speakers': ['ruritanian-post'] };

    expect(problemsAfter({ [STATEMENTS]: { ...chain(null, 'ruritanian-post'), ...speakers } })).toEqual([]);
  });
});

describe('a date', () => {
  const at = 'statements[0].saidOn.edtf';
  const notEdtf = (text: string) =>
    `${at}: "${text}" is not an EDTF date; expected e.g. 2022-08, 2022-08-15, ../2022-08-15 or 2022-07-25~/2022-07-31.`;

  it.each<Refusal>([
    ['a month that does not exist', STATEMENTS, { [at]: '1901-13' }, notEdtf('1901-13'), 'edtf: 1901-13'],
    ['words', STATEMENTS, { [at]: 'last spring' }, notEdtf('last spring'), 'edtf: last spring'],
    [
      'an interval that runs backwards',
      STATEMENTS,
      { [at]: '1901-05-03/1901-05-01' },
      notEdtf('1901-05-03/1901-05-01'),
      'edtf: 1901-05-03/1901-05-01',
    ],
    [
      'a set that runs backwards',
      STATEMENTS,
      { [at]: '[1901-05-03..1901-05-01]' },
      `${at}: "[1901-05-03..1901-05-01]" has its earliest day (1901-05-03) after its latest (1901-05-01); expected the first before the last.`,
      'edtf: "[1901-05-03..1901-05-01]"',
    ],
    [
      'a known date with the basis UNKNOWN',
      STATEMENTS,
      { 'statements[2].saidOn.edtf': '1901' },
      'statements[2].saidOn.edtf: "1901" with the basis UNKNOWN; expected "../..", or a basis for the date.',
      'edtf: "1901"',
    ],
    [
      'a day that does not exist',
      ACTS,
      { 'provisions[0].inForceFrom': '1890-02-30' },
      'provisions[0].inForceFrom: "1890-02-30" is not a calendar day; expected YYYY-MM-DD.',
      'inForceFrom: 1890-02-30',
    ],
    [
      'a delisting before the listing',
      ACTS,
      { 'designations[0].delistedOn': '1889-12-31' },
      'designations[0].delistedOn: "delistedOn" (1889-12-31) is before "listedOn" (1890-01-01); expected the same day or a later one.',
      'delistedOn: 1889-12-31',
    ],
    [
      'an end before the beginning',
      ACTS,
      { 'provisions[0].inForceUntil': '1889-12-31' },
      'provisions[0].inForceUntil: "inForceUntil" (1889-12-31) is before "inForceFrom" (1890-01-01); expected the same day or a later one.',
      'inForceUntil: 1889-12-31',
    ],
  ])('is rejected if it is %s', (_, file, changes, problem, stands) => {
    expect(problemsAfter({ [file]: changes })).toEqual([`${file}.yaml ${problem} | ${stands}`]);
  });

  it('may end on the day it begins', () => {
    expect(problemsAfter({ [ACTS]: { 'provisions[0].inForceUntil': '1890-01-01' } })).toEqual([]);
  });
});

describe('a join between statements', () => {
  const second: Yaml = { id: 'R02', type: 'CONTRADICTS', from: 'S01', to: 'S02', rationale: 'Again.' };

  it.each<Refusal>([
    [
      'a relation to itself',
      STATEMENTS,
      { 'relations[0].to': 'S01' },
      'relations[0].to: a relation of a statement to itself; expected another statement.',
      'to: S01',
    ],
    [
      'a relation twice',
      STATEMENTS,
      { 'relations[1]': second },
      'relations[1].type: CONTRADICTS is already recorded between these two; expected it once.',
      'type: CONTRADICTS',
    ],
    [
      'a symmetric relation with the higher id first',
      STATEMENTS,
      { 'relations[0].from': 'S02', 'relations[0].to': 'S01' },
      'relations[0].from: CONTRADICTS is symmetric; expected the lower id under "from".',
      'from: S02',
    ],
    [
      'a tension of a statement with itself',
      STATEMENTS,
      { 'tensions[0].statements': ['S01', 'S01'] },
      'tensions[0].statements[1]: a duplicate of item 1 of this list; expected it once.',
      '- S01',
    ],
    [
      'a mention twice',
      ACTORS,
      { 'places[0].mentions[1]': { form: 'NAME', ...passage('Strelsau') } },
      'places[0].mentions[1]: a duplicate of item 1 of this list; expected it once.',
      '- form: NAME',
    ],
    [
      'a link to nothing',
      SANCTIONS,
      { 'links[0].provision': undefined },
      'links[0]: a link without a target; expected a provision or a regime.',
      '- id: L01',
    ],
    [
      'a regime and a provision',
      SANCTIONS,
      { 'links[0].regime': 'toll' },
      'links[0].regime: a regime and a provision; expected the provision only, which determines the regime.',
      'regime: toll',
    ],
  ])('is rejected if it is %s', (_, file, changes, problem, stands) => {
    expect(problemsAfter({ [file]: changes })).toEqual([`${file}.yaml ${problem} | ${stands}`]);
  });

  it('may begin with the higher id if its type has a direction', () => {
    expect(
      problemsAfter({
        [STATEMENTS]: { 'relations[0].type': 'REBUTS', 'relations[0].from': 'S02', 'relations[0].to': 'S01' },
      }),
    ).toEqual([]);
  });

  it('is ordered by number, S100 after S99', () => {
    const statement = (id: string): Yaml => ({
      id,
      summary: `Summary ${id}.`,
      kind: 'WISH',
      modality: 'WISHED',
      attribution: { status: 'MISSING' },
      saidOn: { edtf: '1901', basis: 'INFERRED' },
      passages: [passage('carts')],
    });
    const joined: Yaml = { id: 'R02', type: 'PARALLELS', from: 'S99', to: 'S100', rationale: 'Alike.' };

    expect(
      problemsAfter({
        [STATEMENTS]: { 'statements[4]': statement('S99'), 'statements[5]': statement('S100'), 'relations[1]': joined },
      }),
    ).toEqual([]);
  });
});

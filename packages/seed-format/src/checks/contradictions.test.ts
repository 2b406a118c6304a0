import { describe, expect, it } from 'vitest';
import { passage, type Yaml } from '../testing/ruritania.js';
import { changed, problemsAfter, readContents, valueAt } from '../testing/seedFolder.js';

const ACTORS = 'ruritania-1/actors';
const STATEMENTS = 'ruritania-1/statements';
const SANCTIONS = 'ruritania-1/sanctions';
const TRADE = 'ruritania-1/trade';
const UNMOUNTED = { text: null };
const messagesAfter = (...args: Parameters<typeof problemsAfter>) =>
  problemsAfter(...args).map((problem) => problem.replace(/ \| .*/, ''));

describe('the statement of a record', () => {
  it.each([
    ['figures[0].statement', TRADE, 'S01', 'S01 contains the words; expected S04, whose passage contains them.'],
    ['commodities[0].statement', TRADE, 'S02', 'S02 contains the words; expected S01, whose passage contains them.'],
    ['numbers[0].statement', STATEMENTS, 'S02', 'S02 contains the words; expected S04, whose passage contains them.'],
  ])('is rejected if its passages do not have the words: %s', (path, file, value, message) => {
    expect(messagesAfter({ [file]: { [path]: value } }, UNMOUNTED)).toEqual([
      `${file}.yaml ${path}: no passage of ${message}`,
    ]);
  });

  it('is rejected if no statement has the words', () => {
    const changes = { [TRADE]: { 'commodities[0].passages': [passage('Trade')] as unknown as Yaml } };

    expect(messagesAfter(changes)).toEqual([
      `${TRADE}.yaml commodities[0].statement: no passage of S01 contains the words; expected a statement with a passage that contains them, or none.`,
    ]);
  });

  it('may have one of several passages of the record', () => {
    const passages = [passage('Trade'), passage('12.5 million crowns')] as unknown as Yaml;

    expect(problemsAfter({ [TRADE]: { 'figures[0].passages': passages } })).toEqual([]);
  });

  it('is not questioned if its passages are wrong', () => {
    const at = passage('12.5 million crowns in 1900').at.map((position) => position - 30);
    const { problems } = readContents(changed({ [STATEMENTS]: { 'statements[3].passages[0].at': at } }));

    expect(problems).toMatchObject([{ path: 'statements[3].passages[0].digest', consequences: 1 }]);
  });
});

describe('a link', () => {
  const link = valueAt(changed({}), SANCTIONS, 'links[0]') as Record<string, Yaml>;
  const added = (more: Record<string, Yaml>) => ({ [SANCTIONS]: { 'links[1]': { ...link, id: 'L02', ...more } } });

  it('is rejected if another one has the same statement, target and relation', () => {
    const message = 'PERMITTED is already recorded between this statement and provision; expected it once.';
    expect(messagesAfter(added({ rationale: 'Another one.', confidence: 'HIGH' }))).toEqual([
      `${SANCTIONS}.yaml links[1].relation: ${message}`,
    ]);
    const elsewhere = { 'register/sanctions': { links: [{ ...link, statement: 'ruritania-1/S01' }] } };
    expect(messagesAfter(elsewhere)).toEqual([
      `register/sanctions.yaml links[0].relation: ${message}`,
      `${SANCTIONS}.yaml links[0].relation: ${message}`,
    ]);
  });

  it('may have the same statement and target with another relation', () => {
    expect(messagesAfter(added({ relation: 'LIMITED_BY' }))).toEqual([]);
    expect(messagesAfter(added({ statement: 'S02' }))).toEqual([]);
  });
});

describe('an insertion', () => {
  const [start, end] = passage('Strelsau').at;
  const added = (words: string) => ({
    [STATEMENTS]: { 'insertions[1]': { id: 'B02', ...passage(words) } },
  });

  it.each(['Strelsau, 3 May', 'Strelsau'])('is rejected if it overlaps another one: %s', (words) => {
    expect(messagesAfter(added(words))).toEqual([
      `${STATEMENTS}.yaml insertions[1].at: [${passage(words).at.join(', ')}] overlaps the insertion B01 at [${start}, ${end}]; expected each word in one insertion.`,
    ]);
  });

  it('may be next to another one', () => {
    expect(messagesAfter(added(', 3 May'))).toEqual([]);
  });
});

describe('a mention of the form NAME', () => {
  const [start, end] = passage('Graustark').at;
  const mentioned = (form: string) => ({
    [ACTORS]: { 'actors[3].mentions[1]': { form, ...passage('Graustark') } },
  });
  const message = `${ACTORS}.yaml actors[3].mentions[1]: [${start}, ${end}] is the name of graustark; expected a mention there, or the name as an alias of ruritania.`;

  it.each([
    ['with the text', {}],
    ['without it', UNMOUNTED],
  ])('is rejected over the name of another actor, %s', (_, options) => {
    expect(messagesAfter(mentioned('NAME'), options)).toEqual([message]);
  });

  it('may be over a name that two actors have, and in another form over any name', () => {
    const alias = { [ACTORS]: { ...mentioned('NAME')[ACTORS], 'actors[3].aliases': [{ text: 'GRAUSTARK' }] } };

    expect(messagesAfter(alias as never)).toEqual([]);
    expect(messagesAfter(mentioned('METONYM'))).toEqual([]);
  });

  it('is compared with the names in the register', () => {
    const register = { 'register/actors': { 'actors[0].aliases': [{ text: 'Eder' }] } };
    const mention = { [ACTORS]: { 'places[0].mentions[1]': { form: 'NAME', ...passage('Eder') } } };

    expect(messagesAfter({ ...register, ...mention } as never)).toEqual([
      `${ACTORS}.yaml places[0].mentions[1]: [${passage('Eder').at.join(', ')}] is the name of league; expected a mention there, or the name as an alias of strelsau.`,
    ]);
  });
});

describe('a name with invisible characters', () => {
  it.each([
    ['actors[0].name', 'Count\u200b Rupert'],
    ['actors[0].aliases[0].text', 'Ru\u00adpert'],
    ['places[0].name', '\u202eStrelsau'],
  ])('is rejected: %s', (path, name) => {
    expect(messagesAfter({ [ACTORS]: { [path]: name } })).toEqual([
      expect.stringMatching(/expected no invisible characters, but it has U\+\w+ as character \d+\.$/),
    ]);
  });
});

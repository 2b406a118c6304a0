import { describe, expect, it } from 'vitest';
import { digestOf, passage, TEXT, type Yaml } from '../testing/ruritania.js';
import { problemsAfter } from '../testing/seedFolder.js';

const ACTORS = 'ruritania-1/actors';
const STATEMENTS = 'ruritania-1/statements';
const NOTE = 'statements[0].note';
const SEVEN = 'is open to carts from both banks';
const EIGHT = `${SEVEN} since`;
const shares = (word: number) =>
  `shares 8 consecutive words with the document, beginning at word ${word}; expected a text in other words.`;
const quotes = (count: number) => `quotes ${count} words; expected at most 5.`;

/** What is said of a note, with the text mounted or without. */
const saidOf = (note: string, options = {}): string[] =>
  problemsAfter({ [STATEMENTS]: { [NOTE]: note } }, options).map(
    (problem) => problem.replace(`${STATEMENTS}.yaml ${NOTE}: `, '').split(' | ')[0] as string,
  );

describe('words of a mounted document', () => {
  it.each([
    ['as they stand', `It ${EIGHT} long.`, 2],
    ['in another case and with other punctuation', 'IS open: to carts, from-both (banks) since', 1],
    ['with another apostrophe', "The duke's bridge over the river Eder is", 1],
    ['without an apostrophe', 'The dukes bridge over the river Eder is', 1],
    ['with letters beyond a to z', 'No cart was ever seen on the château bridge', 1],
    ['over the end of a sentence', 'in 1900: that is 25% more than the', 1],
  ])('are rejected if eight in a row are shared, %s', (_, note, word) => {
    expect(saidOf(note)).toEqual([shares(word)]);
  });

  it.each([
    ['seven in a row', SEVEN],
    ['eight words interrupted by another one', 'is open to carts from nearly both banks since'],
  ])('may be shared, %s', (_, note) => {
    expect(saidOf(note)).toEqual([]);
  });

  it.each<[where: string, file: string, changes: Record<string, Yaml>, path: string]>([
    ['a summary', STATEMENTS, { 'statements[0].summary': EIGHT }, 'statements[0].summary'],
    ['a record of the register', 'register/actors', { 'actors[0].note': EIGHT }, 'actors[0].note'],
    ['a venue', STATEMENTS, { 'statements[0].venue': EIGHT }, 'statements[0].venue'],
  ])('are rejected in %s', (_, file, changes, path) => {
    expect(problemsAfter({ [file]: changes })).toEqual([expect.stringContaining(`${file}.yaml ${path}: ${shares(1)}`)]);
  });

  it('are rejected in a comment, across its lines and after a value', () => {
    const inLines = problemsAfter(
      {},
      {
        raw: {
          'register/trade.yaml':
            '# No record yet.\n\n# It is open to carts\n# from both banks since then.\nfigures: []\n',
        },
      },
    );
    const behind = problemsAfter({}, { raw: { 'register/trade.yaml': `figures: [] # ${EIGHT}\n` } });

    expect(inLines).toEqual([`register/trade.yaml : a comment ${shares(2)} | # It is open to carts`]);
    expect(behind).toEqual([`register/trade.yaml : a comment ${shares(1)} | figures: [] # ${EIGHT}`]);
  });

  it('may be the titles of works', () => {
    expect(
      problemsAfter({
        'ruritania-1/document': { 'document.title': EIGHT },
        'register/actors': { 'actors[0].references[0].title': EIGHT },
      }),
    ).toEqual([]);
  });
});

describe('an official title', () => {
  const LAW = 'register/sanctions';

  it.each([
    [LAW, 'instruments[0].title'],
    ['ruritania-1/sanctions', 'regimes[0].name'],
    ['ruritania-1/document', 'document.series'],
  ])('may share any number of words with a document: %s %s', (file, path) => {
    expect(problemsAfter({ [file]: { [path]: `Act on carts that ${EIGHT} Monday` } })).toEqual([]);
  });

  it.each([
    [LAW, 'provisions[0].summary'],
    [LAW, 'instruments[0].note'],
    [ACTORS, 'actors[2].description'],
    ['ruritania-1/trade', 'commodities[0].name'],
  ])('is not a text in our own words: %s %s', (file, path) => {
    expect(problemsAfter({ [file]: { [path]: EIGHT } })).toEqual([expect.stringContaining(`${path}: ${shares(1)}`)]);
  });

  it('is in one line, and no longer than titles are', () => {
    expect(problemsAfter({ [LAW]: { 'instruments[0].title': 'Toll\nAct' } })).toEqual([
      expect.stringContaining('instruments[0].title: "Toll\\nAct": expected one line. | '),
    ]);
    expect(problemsAfter({ [LAW]: { 'instruments[0].title': 'Act '.repeat(201) } })).toEqual([
      expect.stringContaining('instruments[0].title: a title of 201 words; expected at most 200. | '),
    ]);
  });
});

describe('a quoted phrase of six words', () => {
  it.each([
    "'is open to carts from both'",
    '"is open to carts from both"',
    '‘is open to carts from both’',
    '“is open to carts from both”',
  ])('is rejected between marks of any kind: %s', (phrase) => {
    expect(saidOf(`He says ${phrase} there.`)).toEqual([quotes(6)]);
  });

  it.each([
    ['with an apostrophe in a word', "He says 'The toll keeper's brother says that' there."],
    ['with a curly apostrophe in a word', 'He says ‘The toll keeper’s brother says that’ there.'],
    ['with an apostrophe as the mark that opens', "'the duke’s bridge over the river' it says."],
    ['with marks of another kind inside', 'He says "is open \'to carts\' from both" there.'],
  ])('is rejected %s', (_, note) => {
    expect(saidOf(note)).toEqual([expect.stringMatching(/^quotes [67] words; expected at most 5\.$/)]);
  });

  it('is rejected without a comparison if a text is not mounted', () => {
    expect(saidOf("He says 'one two three four five six' there.", { text: null })).toEqual([quotes(6)]);
  });

  it('is accepted if it does not occur in the text', () => {
    expect(saidOf("He says 'one two three four five six' there.")).toEqual([]);
  });

  it.each([
    "He says 'is open to carts from' there.",
    "Ruritania's count and the dukes' men bless their carts' wheels and their posts' bags.",
  ])('is not detected in: %s', (note) => {
    expect(saidOf(note)).toEqual([]);
    expect(saidOf(note, { text: null })).toEqual([]);
  });
});

describe('a name', () => {
  const LONG = 'Royal Commission for the Bridges and Roads of the Upper and the Lower Eder and of All Ruritania';

  it.each([
    [ACTORS, 'actors[0].name'],
    [ACTORS, 'places[0].name'],
    [ACTORS, 'actors[0].aliases[0].text'],
  ])('may have as many words as real names have: %s %s', (file, path) => {
    expect(problemsAfter({ [file]: { [path]: LONG, 'places[0].mentions[0].form': 'PARTIAL_NAME' } })).toEqual([]);
  });

  it('is rejected if it is longer than any name', () => {
    expect(problemsAfter({ [ACTORS]: { 'actors[0].name': `${LONG} ${LONG}` } })).toEqual([
      expect.stringContaining('actors[0].name: a name of 36 words; expected at most 30. | '),
    ]);
  });

  it('is text if it describes somebody in the words of a mounted document', () => {
    const described = "The toll keeper's brother says that no cart was";

    expect(problemsAfter({ [ACTORS]: { 'actors[0].aliases[0].text': described } })).toEqual([
      expect.stringContaining('actors[0].aliases[0].text: shares 8 consecutive words with the document'),
    ]);
    expect(problemsAfter({ [ACTORS]: { 'actors[0].aliases[0].text': described } }, { text: null })).toEqual([]);
  });

  it('may be capitalised as in its language', () => {
    const name = 'Управление по надзору в сфере связи и массовых коммуникаций Руритании';
    const text = `${TEXT} ${name}`;
    const length = [...text].length;
    const document = {
      'document.sha256': digestOf(text),
      'document.length': length,
      'document.byteLength': Buffer.byteLength(text),
      'document.multibyte': [...text].flatMap((character, position) =>
        Buffer.byteLength(character) > 1 ? [[position, Buffer.byteLength(character)]] : [],
      ),
      'document.paragraphs[3]': {
        number: 4,
        role: 'BODY',
        at: [length - [...name].length, length],
        digest: digestOf(name).slice(0, 16),
      },
    };
    const withAlias = (alias: string) =>
      problemsAfter(
        { 'ruritania-1/document': document, [ACTORS]: { 'actors[0].aliases[0]': { text: alias, lang: 'ru' } } },
        { text },
      );

    expect(withAlias(name)).toEqual([]);
    expect(withAlias(name.toLowerCase())).toEqual([expect.stringContaining('shares 8 consecutive words')]);
  });

  it('is text if a mention of its form is a description', () => {
    const mention = { form: 'DESCRIPTION', ...passage('open to carts from both banks since Monday') };
    const alias = 'Open to Carts From Both Banks Since Monday';
    const text = { 'actors[0].mentions[1]': mention, 'actors[0].aliases[0].text': alias };

    expect(problemsAfter({ [ACTORS]: { 'actors[0].aliases[0].text': alias } })).toEqual([]);
    expect(problemsAfter({ [ACTORS]: text })).toEqual([
      expect.stringContaining('actors[0].aliases[0].text: shares 8 consecutive words with the document'),
    ]);
  });

  it('may have at most five words if it quotes a quantity', () => {
    expect(
      problemsAfter({ 'ruritania-1/trade': { 'figures[0].statedAs': 'one two three four five six' } }, { text: null }),
    ).toEqual([
      'ruritania-1/trade.yaml figures[0].statedAs: a quotation of 6 words; expected at most 5. | statedAs: one two three four five six',
    ]);
  });
});

import { rmSync } from 'node:fs';
import { CodePointText } from '@dossier/domain/facts';
import { afterEach, describe, expect, it } from 'vitest';
import { proposalFolder } from '../testing/proposalFolder.js';
import type { Proposal, ProposalKind } from './proposalFile.js';
import { proposalsFor } from './propose.js';
import { SeedRecords } from './seedRecords.js';

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

function proposals(paragraphs: string | string[], files: Record<string, string> = {}) {
  const folder = proposalFolder([paragraphs].flat(), files);
  roots.push(folder.root);
  const seeds = new SeedRecords(folder.workplace.seedsDir);
  const text = new CodePointText(folder.text);
  const found = proposalsFor(seeds, seeds.document('ruritania-1') ?? {}, text);
  return { found, words: ({ at }: Pick<Proposal, 'at'>) => text.slice(...at) };
}

const ofKind = <Kind extends ProposalKind>(found: readonly Proposal[], kind: Kind) =>
  found.filter((proposal): proposal is Extract<Proposal, { kind: Kind }> => proposal.kind === kind);

const ACTORS = `actors:
  - id: rudolf-rassendyll
    kind: PERSON
    name: Rudolf Rassendyll
    aliases: [{ text: Rassendyll }, { text: Рудольф Рассендилл, lang: ru }, { text: 루돌프, lang: ko }]
  - { id: ruritania, kind: POLITY, status: SOVEREIGN_STATE, name: Ruritania, aliases: [{ text: Ruritanian }, { text: RRT }, { text: Strelsau }] }
  - { id: post, kind: MEDIA_OUTLET, name: Ruritanian Post, aliases: [{ text: the newspaper }] }
places:
  - { id: strelsau-city, name: Strelsau (city) }
`;
const elsewhere = { 'register/actors.yaml': ACTORS };

describe('proposed mentions', () => {
  it('name whom the words stand for, and how', () => {
    const { found, words } = proposals(
      'The Ruritanian Post met Rudolf Rassendyll in Ruritania. Then Rassendyll left the RRT with a Ruritanian.',
      elsewhere,
    );

    expect(ofKind(found, 'mention').map((mention) => [words(mention), mention.of, mention.form])).toEqual([
      ['Ruritanian Post', 'post', 'NAME'],
      ['Rudolf Rassendyll', 'rudolf-rassendyll', 'NAME'],
      ['Ruritania', 'ruritania', 'NAME'],
      ['Rassendyll', 'rudolf-rassendyll', 'PARTIAL_NAME'],
      ['RRT', 'ruritania', 'ABBREVIATION'],
      ['Ruritanian', 'ruritania', 'ADJECTIVE'],
    ]);
  });

  it('leave a name of several undecided', () => {
    const [mention] = ofKind(proposals('News from Strelsau.', elsewhere).found, 'mention');

    expect(mention).toMatchObject({ candidates: ['ruritania', 'strelsau-city'] });
    expect(mention?.of).toBeUndefined();
  });

  it('do not take a relative for the person: the whole name is proposed as an unknown one', () => {
    const { found, words } = proposals('On Monday Flavia Rassendyll met President Rassendyll.', elsewhere);

    expect(ofKind(found, 'mention').map(words)).toEqual(['Rassendyll']);
    expect(ofKind(found, 'name').map(words)).toEqual(['Flavia Rassendyll']);
  });

  it.each([
    ['Flavia Rassendyll left.', [], ['Flavia Rassendyll']],
    ['He left. Flavia Rassendyll did not.', [], ['Flavia Rassendyll']],
    ['Later Rassendyll left.', ['Rassendyll'], []],
    ['Suddenly Rassendyll left.', ['Rassendyll'], []],
    ['Duke and duchess met. Duke Rassendyll left.', ['Rassendyll'], []],
    [
      'Riders came, and Rassendyll. Riders Rassendyll knew left; other riders stayed.',
      ['Rassendyll', 'Rassendyll'],
      [],
    ],
  ])('do not take a relative for the person at the beginning of a sentence either: %s', (text, mentions, names) => {
    const { found, words } = proposals(text, elsewhere);

    expect(ofKind(found, 'mention').map(words)).toEqual(mentions);
    expect(ofKind(found, 'name').map(words)).toEqual(names);
  });

  it('include surnames and dotted abbreviations that are not recorded as aliases', () => {
    const { found, words } = proposals('The R.R.T. heard Рассендилла and Rassendyll.', {
      'register/actors.yaml': ACTORS.replace('{ text: Rassendyll }, ', ''),
    });

    expect(ofKind(found, 'mention').map((mention) => [words(mention), mention.of])).toEqual([
      ['R.R.T.', 'ruritania'],
      ['Рассендилла', 'rudolf-rassendyll'],
      ['Rassendyll', 'rudolf-rassendyll'],
    ]);
  });

  it('take names only from folders that may have some: the others are not parsed', () => {
    const mentioning =
      'additions:\n  - { of: post, mentions: [{ form: NAME, at: [0, 4], digest: "0000000000000000" }] }\n';
    const folder = proposalFolder(['News.'], {
      ...elsewhere,
      'ruritania-2/actors.yaml': mentioning,
      'ruritania-3/actors.yaml': mentioning.replace('mentions', 'aliases: [{ text: Organ }], mentions'),
      'ruritania-4/statements.yaml': 'statements: []\n',
    });
    roots.push(folder.root);

    expect(new SeedRecords(folder.workplace.seedsDir).foldersWithNames).toEqual(['register', 'ruritania-3']);
  });

  it('leave out what is recorded', () => {
    const mentions = `additions:\n  - { of: ruritania, mentions: [{ form: NAME, at: [3, 12], digest: "${'0'.repeat(16)}" }] }\n`;
    const { found } = proposals('In Ruritania and Ruritania.', { ...elsewhere, 'ruritania-1/actors.yaml': mentions });

    expect(ofKind(found, 'mention').map(({ at }) => at)).toEqual([[17, 26]]);
  });

  it('know the aliases that a document adds to an actor of another folder', () => {
    const additions = 'additions:\n  - { of: post, aliases: [{ text: The Organ }] }\n';
    const { found, words } = proposals('He read The Organ.', { ...elsewhere, 'ruritania-1/actors.yaml': additions });

    expect(ofKind(found, 'mention').map((mention) => [words(mention), mention.of])).toEqual([['The Organ', 'post']]);
  });

  it('are counted in code points, after characters of two units', () => {
    expect(ofKind(proposals('😀𝒱 Ruritania', elsewhere).found, 'mention').map(({ id }) => id)).toEqual(['M3-12']);
  });
});

describe('proposed mentions of merged ids', () => {
  it('name the id that remains', () => {
    const merged = `${ACTORS}merges:\n  - { id: the-organ, sameAs: post, reason: Renamed. }\n`.replace(
      'places:',
      '  - { id: the-organ, kind: MEDIA_OUTLET, name: The Organ }\nplaces:',
    );
    const { found, words } = proposals('He read The Organ.', { 'register/actors.yaml': merged });

    expect(ofKind(found, 'mention').map((mention) => [words(mention), mention.of])).toEqual([['The Organ', 'post']]);
  });
});

describe('proposed names', () => {
  it('are runs of capitalised words that are not known, without titles', () => {
    const { found, words } = proposals(
      'Yesterday President Antoinette de Mauban of the Zenda Castle Trust saw Ruritania. Fritz came.',
      elsewhere,
    );

    expect(ofKind(found, 'name').map(words)).toEqual(['Antoinette de Mauban of the Zenda Castle Trust']);
    expect(ofKind(proposals('They met Kim Yo-jong there.').found, 'name').map(({ id }) => id)).toEqual(['U9-20']);
  });

  it('include the first word of a sentence only if it is a name elsewhere', () => {
    const { found, words } = proposals('Fritz came. Bridges were closed. They saw Fritz.');

    expect(ofKind(found, 'name').map(words)).toEqual(['Fritz', 'Fritz']);
  });
});

describe('proposed dates', () => {
  it.each([
    ['on 29 April 1901', '29 April 1901', '1901-04-29'],
    ['on April 29th, 1901', 'April 29th, 1901', '1901-04-29'],
    ['in March 1900', 'March 1900', '1900-03'],
    ['on 1901-04-29', '1901-04-29', '1901-04-29'],
    ['29.04.1901', '29.04.1901', '1901-04-29'],
    ['29 апреля 1901 года', '29 апреля 1901', '1901-04-29'],
    ['1901년 4월 29일에', '1901년 4월 29일', '1901-04-29'],
    ['1901年4月29日', '1901年4月29日', '1901-04-29'],
    ['in the 1890s', '1890s', '189X'],
    ['since 1899', '1899', '1899'],
  ])('are stated: %s', (text, words, edtf) => {
    const { found, words: wordsOf } = proposals(text);

    expect(ofKind(found, 'date').map((date) => [wordsOf(date), date.edtf, date.basis])).toEqual([
      [words, edtf, 'STATED'],
    ]);
  });

  it.each([
    ['left yesterday', '1901-05-02'],
    ['left on Monday', '1901-04-29'],
    ['left last year', '1900'],
    ['left last month', '1901-04'],
    ['left two days ago', '1901-05-01'],
    ['left a few days ago', '1901-04-30~'],
    ['left in December', '1900-12'],
    ['left on April 29', '1901-04-29'],
    ['4월 29일에'.normalize('NFD'), '1901-04-29'],
  ])('are counted from the day of publication: %s', (text, edtf) => {
    expect(ofKind(proposals(text).found, 'date')).toMatchObject([{ edtf, basis: 'INFERRED', anchor: '1901-05-03' }]);
  });

  it('with "earlier" are counted from the last full date before them', () => {
    expect(ofKind(proposals('On 10 March 1899 he came; two days earlier she left.').found, 'date')[1]).toMatchObject({
      edtf: '1899-03-08',
      anchor: '1899-03-10',
    });
  });

  it('are not the verb "may", or a day that does not exist', () => {
    expect(
      ofKind(proposals('He may go on 31 April 1901. They may stay.').found, 'date').map(({ edtf }) => edtf),
    ).not.toContain('1901-04-31');
    expect(ofKind(proposals('They may stay. May he go?').found, 'date')).toEqual([]);
  });
});

describe('proposed numbers', () => {
  it.each([
    ['over 29 billion USD a year', 'over 29 billion USD', '29000000000', 'USD', 'OVER'],
    ['some 1,250,000 crowns', 'some 1,250,000', '1250000', undefined, 'APPROXIMATELY'],
    ['at least 42.74 million euros', 'at least 42.74 million euros', '42740000', 'EUR', 'OVER'],
    ['less than 10.5% of it', 'less than 10.5%', '10.5', 'percent', 'UNDER'],
    ['US$3.5bn was paid', 'US$3.5bn', '3500000000', 'USD', 'EXACT'],
    ['торговля составила около 29,5 млрд долларов', 'около 29,5 млрд долларов', '29500000000', 'USD', 'APPROXIMATELY'],
    ['более 12 тыс. тонн зерна', 'более 12 тыс. тонн', '12000', 't', 'OVER'],
    ['3억 달러', '3억 달러', '300000000', 'USD', 'EXACT'],
    ['5万吨', '5万吨', '50000', 't', 'EXACT'],
    ['在一九〇〇年约为3.5亿美元', '约为3.5亿美元', '350000000', 'USD', 'APPROXIMATELY'],
    ['بلغت ٢٩ مليار دولار', '٢٩ مليار دولار', '29000000000', 'USD', 'EXACT'],
    ['بلغت ٤٫٥ مليون يورو', '٤٫٥ مليون يورو', '4500000', 'EUR', 'EXACT'],
    ['بلغت ١٬٢٥٠٬٠٠٠ دولار', '١٬٢٥٠٬٠٠٠ دولار', '1250000', 'USD', 'EXACT'],
    ['The total exceeded 5 tonnes', 'exceeded 5 tonnes', '5', 't', 'OVER'],
    ['3억 달러를'.normalize('NFD'), '3억 달러'.normalize('NFD'), '300000000', 'USD', 'EXACT'],
    ['about two million people', 'about two million', '2000000', undefined, 'APPROXIMATELY'],
  ])('have value, unit and qualifier: %s', (text, words, value, unit, qualifier) => {
    const { found, words: wordsOf } = proposals(text);

    expect(
      ofKind(found, 'number').map((number) => [wordsOf(number), number.value, number.unit, number.qualifier]),
    ).toEqual([[words, value, unit, qualifier]]);
  });

  it('are not footnotes, times, names with digits, dates, or "the two"', () => {
    expect(
      ofKind(proposals('At 10:30 [1] the COVID-19 report of 3 May 1901 on the two dukes.').found, 'number'),
    ).toEqual([]);
  });
});

describe('proposed quotations', () => {
  it.each([
    ['He said "it is open" twice.', ['it is open']],
    ['He said “it is ‘open’ now,” twice.', ['it is ‘open’ now', 'open']],
    ['Он сказал: «мост открыт».', ['мост открыт']],
    ['Er sagte: „die Brücke ist offen“ dort.', ['die Brücke ist offen']],
    ['그는 「다리」라고 말했다.', ['다리']],
    ["The dukes' men said 'our men's bridge is open' to them.", ["our men's bridge is open"]],
    ['It’s the duke’s bridge.', []],
  ])('are between marks of any style: %s', (text, expected) => {
    const { found, words } = proposals(text);

    expect(ofKind(found, 'quotation').map(words)).toEqual(expected);
  });

  it('run over paragraphs of which only the last is closed', () => {
    const { found, words } = proposals([
      '"The bridge is open.',
      '"Carts may "cross" it.',
      '"Nobody pays."',
      'He left.',
    ]);

    const [whole, inner] = ofKind(found, 'quotation');
    expect(whole?.passages?.map(words)).toEqual(['The bridge is open.', 'Carts may "cross" it.', 'Nobody pays.']);
    expect([inner && words(inner), inner?.level]).toEqual(['cross', 2]);
  });
});

describe('proposed hedges', () => {
  it.each([
    [
      'He reportedly left; she may follow.',
      [
        ['reportedly', 'ATTRIBUTION'],
        ['may', 'POSSIBILITY'],
      ],
    ],
    ['Вряд ли он уедет.', [['Вряд ли', 'IMPROBABILITY']]],
    ['In May 1900 he left.', []],
  ])('are words of the list, the longest first: %s', (text, expected) => {
    const { found, words } = proposals(text);

    expect(ofKind(found, 'hedge').map((hedge) => [words(hedge), hedge.hedge])).toEqual(expected);
  });
});

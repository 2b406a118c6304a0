import { createHash } from 'node:crypto';

/** A made-up dispatch of three paragraphs, with characters of two and three bytes in it. */
export const TEXT = [
  'Strelsau, 3 May 1901',
  'The duke’s bridge over the river Eder is open to carts from both banks since Monday, “and it will stay open,” the Ruritanian Post was told by Count Rupert. Trade with Graustark came to 12.5 million crowns in 1900.',
  "That is 25% more than the year before. The toll keeper's brother says that no cart was ever seen on the château bridge.",
].join('\n\n');

/** What stands in a seed file: YAML's own kinds of values. */
export type Yaml = string | number | boolean | null | Yaml[] | { [key: string]: Yaml };

/** Contents by file name without its ending, e.g. `ruritania-1/statements`. */
export type SeedContents = Record<string, Yaml>;

export const digestOf = (words: string): string => createHash('sha256').update(words).digest('hex');

/** The first place of words in the text, as a passage. */
export function passage(words: string): { at: [number, number]; digest: string } {
  const unit = TEXT.indexOf(words);
  if (unit < 0) throw new Error(`"${words}" does not stand in the made-up text.`);
  const start = [...TEXT.slice(0, unit)].length;
  return { at: [start, start + [...words].length], digest: digestOf(words).slice(0, 16) };
}

/** Seeds that nothing is wrong with: something of every kind. */
export function ruritania(): SeedContents {
  return {
    'ruritania-1/document': { document: theDocument() },
    'ruritania-1/actors': {
      actors: [
        {
          id: 'count-rupert',
          kind: 'PERSON',
          name: 'Count Rupert',
          aliases: [{ text: 'Rupert' }],
          mentions: [{ form: 'NAME', ...passage('Count Rupert') }],
        },
        {
          id: 'ruritanian-post',
          kind: 'MEDIA_OUTLET',
          name: 'Ruritanian Post',
          mentions: [{ form: 'NAME', ...passage('Ruritanian Post') }],
        },
        {
          id: 'graustark',
          kind: 'POLITY',
          status: 'SOVEREIGN_STATE',
          name: 'Graustark',
          mentions: [{ form: 'NAME', ...passage('Graustark') }],
        },
        {
          id: 'ruritania',
          kind: 'POLITY',
          status: 'SOVEREIGN_STATE',
          name: 'Ruritania',
          affiliations: [{ to: 'league', basis: 'BACKGROUND', references: [{ title: 'General knowledge' }] }],
          mentions: [{ form: 'ADJECTIVE', ...passage('Ruritanian') }],
        },
        {
          id: 'duke-albert',
          kind: 'PERSON',
          name: 'Duke Albert',
          basis: 'BACKGROUND',
          references: [{ title: 'General knowledge' }],
        },
      ],
      places: [{ id: 'strelsau', name: 'Strelsau', mentions: [{ form: 'NAME', ...passage('Strelsau') }] }],
      offices: [{ id: 'O01', holder: 'count-rupert', title: 'count', passages: [passage('Count')] }],
      kinship: [
        {
          id: 'K01',
          person: 'count-rupert',
          relative: 'duke-albert',
          relation: 'cousin',
          inverse: 'cousin of the count',
          passages: [passage('brother')],
        },
      ],
      events: [
        {
          id: 'E01',
          label: 'Opening of the crossing',
          kind: 'RECOGNITION',
          status: 'OCCURRED',
          date: { edtf: '1901-04-29', basis: 'INFERRED', note: 'The Monday before.' },
          place: 'strelsau',
          participants: [{ actor: 'count-rupert', role: 'witness' }],
          statements: ['S01'],
          passages: [passage('is open')],
        },
      ],
      additions: [{ of: 'league', mentions: [{ form: 'IMPLIED', ...passage('both banks') }] }],
    },
    'ruritania-1/statements': {
      statements: [
        {
          id: 'S01',
          summary: 'Vehicles can cross.',
          kind: 'FACT_REPORT',
          modality: 'ASSERTED',
          attribution: { status: 'EXPLICIT', speakers: ['count-rupert'], relayChain: [{ carrier: 'ruritanian-post' }] },
          saidOn: { edtf: '../1901-05-03', basis: 'INFERRED' },
          hedges: [{ kind: 'EXPECTATION', ...passage('will') }],
          note: 'Told to a newspaper.',
          passages: [passage('it will stay open'), passage('open to carts')],
        },
        {
          id: 'S02',
          summary: 'Nobody used it.',
          kind: 'FACT_REPORT',
          modality: 'ASSERTED',
          attribution: { status: 'MISSING' },
          saidOn: { edtf: '1901-05-03', basis: 'STATED' },
          passages: [passage('no cart was ever seen')],
        },
        {
          id: 'S03',
          summary: 'Invented words.',
          kind: 'WISH',
          modality: 'WISHED',
          attribution: { status: 'IMPUTED', imputedTo: 'count-rupert', imputedBy: 'ruritanian-post' },
          saidOn: { edtf: '../..', basis: 'UNKNOWN' },
          passages: [passage('both banks')],
        },
        {
          id: 'S04',
          summary: 'Commerce grew.',
          kind: 'STATISTIC',
          modality: 'ASSERTED',
          attribution: { status: 'MISSING' },
          saidOn: { edtf: '1901-05-03', basis: 'STATED' },
          passages: [passage('12.5 million crowns in 1900'), passage('25% more')],
        },
      ],
      relations: [
        { id: 'R01', type: 'CONTRADICTS', from: 'S01', to: 'S02', rationale: 'One has use, the other none.' },
      ],
      quotations: [
        {
          id: 'Q01',
          kind: 'DIRECT',
          speaker: 'count-rupert',
          speakerIsCertain: true,
          level: 1,
          statements: ['S01'],
          isTranslated: false,
          translationBasis: 'DOCUMENT',
          marked: passage('“and it will stay open,”'),
          passages: [passage('and it will stay open,')],
        },
      ],
      works: [
        {
          id: 'W01',
          kind: 'ARTICLE',
          description: 'The report itself.',
          maker: 'ruritanian-post',
          passages: [passage('Ruritanian Post')],
        },
      ],
      tensions: [{ id: 'T01', kind: 'CONTRADICTION', statements: ['S01', 'S02'], explanation: 'Both cannot hold.' }],
      cautions: [{ id: 'X01', kind: 'NAMING', explanation: 'A river and a name.', passages: [passage('Eder')] }],
      insertions: [{ id: 'B01', ...passage('Strelsau') }],
      numbers: [{ id: 'N01', label: 'share', value: '25', statement: 'S04', ...passage('25%') }],
    },
    'ruritania-1/sanctions': {
      regimes: [
        { id: 'toll', name: 'Toll', authority: 'ruritania', targets: ['graustark'], passages: [passage('toll')] },
      ],
      links: [
        {
          id: 'L01',
          statement: 'S01',
          provision: 'act-1/2',
          relation: 'PERMITTED',
          confidence: 'LOW',
          rationale: 'Carts are exempt.',
          basis: 'ANALYST',
        },
      ],
    },
    'ruritania-1/trade': {
      figures: figures(),
      commodities: [{ id: 'C01', name: 'carts', statement: 'S01', passages: [passage('carts')] }],
    },
    'register/actors': {
      actors: [
        {
          id: 'league',
          kind: 'ORGANIZATION',
          type: 'OTHER',
          name: 'League',
          references: [{ title: 'General knowledge' }],
        },
      ],
    },
    'register/sanctions': {
      instruments: [
        {
          id: 'act-1',
          symbol: 'Act 1',
          title: 'Toll Act',
          regime: 'toll',
          adoptedOn: { edtf: '1890', basis: 'BACKGROUND' },
          references: [{ title: 'Act 1' }],
        },
      ],
      provisions: [
        {
          instrument: 'act-1',
          paragraph: '2',
          measure: 'OTHER',
          direction: 'BOTH',
          summary: 'Carts pay.',
          inForceFrom: '1890-01-01',
          inForceUntil: '1899-01-01',
          references: [{ title: 'Act 1' }],
        },
      ],
      designations: [
        {
          actor: 'graustark',
          regime: 'toll',
          listedOn: '1890-01-01',
          delistedOn: '1891-01-01',
          measures: ['OTHER'],
          references: [{ title: 'Act 1' }],
        },
      ],
    },
  };
}

function theDocument(): Yaml {
  return {
    id: 'ruritania-1',
    title: 'The bridge',
    publisher: 'ruritanian-post',
    publishedOn: { edtf: '1901-05-03', basis: 'STATED' },
    sha256: digestOf(TEXT),
    length: [...TEXT].length,
    byteLength: Buffer.byteLength(TEXT),
    multibyte: [...TEXT].flatMap((character, position) =>
      Buffer.byteLength(character) > 1 ? [[position, Buffer.byteLength(character)]] : [],
    ),
    reproduces: 'W01',
    paragraphs: TEXT.split('\n\n').map((words, index) => ({
      number: index + 1,
      role: index === 0 ? 'DATELINE' : 'BODY',
      voice: 'ruritanian-post',
      ...passage(words),
    })),
  };
}

// D02 rests on F01 twice: apart, its bounds would be 2369678 and 2629682.
function figures(): Yaml {
  const turnover = { measure: 'TRADE_VALUE', flow: 'TURNOVER', reporter: 'ruritania', partner: 'graustark' };
  const rounded = { rounding: 'HALF_EVEN', boundsBasis: 'rounding of the inputs' };
  return [
    {
      id: 'F01',
      ...turnover,
      period: { edtf: '1900', basis: 'STATED' },
      value: '12500000',
      statedAs: '12.5 million crowns',
      unit: 'SEK',
      lowerBound: '12450000',
      upperBound: '12550000',
      qualifier: 'EXACT',
      statement: 'S04',
      passages: [passage('12.5 million crowns')],
    },
    {
      id: 'F02',
      ...turnover,
      measure: 'PERCENT_CHANGE',
      period: { edtf: '1899/1900', basis: 'INFERRED' },
      value: '25',
      unit: 'percent',
      lowerBound: '24.5',
      upperBound: '25.5',
      qualifier: 'EXACT',
      statement: 'S04',
      passages: [passage('25%')],
    },
    {
      id: 'F03',
      ...turnover,
      flow: 'EXPORT',
      period: { edtf: '1900', basis: 'INFERRED', note: 'The year of the sentence before.' },
      qualifier: 'VIRTUALLY_NIL',
      statement: 'S02',
      passages: [passage('no cart')],
    },
    {
      id: 'D01',
      ...turnover,
      period: { edtf: '1899', basis: 'INFERRED' },
      value: '10000000',
      unit: 'SEK',
      lowerBound: '9920318',
      upperBound: '10080322',
      qualifier: 'APPROXIMATELY',
      note: 'Not printed.',
      derivation: { formula: 'F01 / (1 + F02 / 100)', inputs: ['F01', 'F02'], ...rounded },
    },
    {
      id: 'D02',
      ...turnover,
      measure: 'ABSOLUTE_CHANGE',
      period: { edtf: '1899/1900', basis: 'INFERRED' },
      value: '2500000',
      unit: 'SEK',
      lowerBound: '2450000',
      upperBound: '2550000',
      qualifier: 'APPROXIMATELY',
      derivation: { formula: 'F01 - D01', inputs: ['F01', 'D01'], ...rounded },
    },
    {
      id: 'D03',
      ...turnover,
      measure: 'RATIO',
      period: { edtf: '1900', basis: 'INFERRED' },
      qualifier: 'NOT_COMPUTABLE',
      derivation: { formula: 'not computable', inputs: ['F03', 'F01'] },
    },
  ];
}

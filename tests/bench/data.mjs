import { Random } from './random.mjs';

const SYLLABLES = [
  'ba',
  'ko',
  'ri',
  'ten',
  'mul',
  'sa',
  'vor',
  'ne',
  'lim',
  'du',
  'ga',
  'hin',
  'pe',
  'zo',
  'tra',
  'qui',
];
export const WORDS = 4000;
/** In about half of all summaries. */
export const COMMON_WORD = 'commonly';
export const DOCUMENT_STATEMENTS = 500;
const PROVISIONS = 200;
const MODALITIES = ['ASSERTED', 'HEDGED', 'PREDICTED', 'EXPECTED', 'BELIEVED'];
const KINDS = ['FACT_REPORT', 'EVALUATION', 'PREDICTION'];
const TOPICS = ['labour', 'trade', 'sanctions', 'war', 'diplomacy'];
const RELATIONS = ['POSSIBLE_BREACH', 'LABOUR_BAN', 'PERMITTED', 'CONSISTENT_WITH'];
const KNOWN = [{ title: 'General knowledge' }];
const DIGEST = '0'.repeat(16);

export const wordAt = (index) => [...index.toString(16)].map((digit) => SYLLABLES[Number.parseInt(digit, 16)]).join('');
const padded = (index) => String(index).padStart(7, '0');
const slugOf = (index) => `bench-${index}`;
export const actorCount = (size) => Math.max(20, Math.ceil(size / 50));
export const documentOf = (index) => `bench-${padded(index)}`;

/**
 * Seeds of a chosen number of statements, and of statements in each document, folder by folder, each with its content by file: names and words by Zipf's law, relay
 * chains, dates with ties, links and figures on most statements. The same size gives the same seeds.
 */
export function* benchFolders(size, perDocument = DOCUMENT_STATEMENTS, actors = actorCount(size)) {
  yield {
    name: 'register',
    files: { actors: { actors: Array.from({ length: actors }, (_, index) => actor(index)) }, sanctions: sanctions() },
  };
  const random = new Random(size);
  for (let index = 0; index * perDocument < size; index++)
    yield documentFolder(random, actors, index, perDocument, Math.min(perDocument, size - index * perDocument));
}

function documentFolder(random, actors, index, perDocument, count) {
  const [statements, links, figures] = [[], [], []];
  for (let within = 0; within < count; within++) {
    const [statement, speaker, passage] = [
      `S${padded(within)}`,
      slugOf(random.zipf(actors)),
      { at: [within * 100, within * 100 + 80], digest: DIGEST },
    ];
    const [words, kind, modality] = [
      summary(random),
      KINDS[random.zipf(KINDS.length)],
      MODALITIES[random.zipf(MODALITIES.length)],
    ];
    statements.push({
      id: statement,
      summary: words,
      kind,
      modality,
      // The words that make it hedged.
      hedges:
        modality === 'HEDGED' ? [{ kind: 'POSSIBILITY', at: [passage.at[0], passage.at[0] + 5], digest: DIGEST }] : [],
      attribution: {
        status: random.chance(0.8) ? 'EXPLICIT' : 'IMPLICIT',
        speakers: [speaker],
        relayChain: relayChain(random, actors, speaker),
      },
      saidOn: {
        edtf: `20${10 + random.below(13)}-${String(1 + random.below(12)).padStart(2, '0')}-${String(1 + random.below(28)).padStart(2, '0')}`,
        basis: 'STATED',
      },
      addressees: random.chance(0.3) ? [slugOf(random.zipf(actors))].filter((addressee) => addressee !== speaker) : [],
      topics: [TOPICS[random.zipf(TOPICS.length)]],
      passages: [passage],
    });
    if (random.chance(0.8))
      links.push({
        id: `L${padded(within)}`,
        statement,
        provision: `bench/${1 + random.zipf(PROVISIONS)}`,
        relation: RELATIONS[random.zipf(RELATIONS.length)],
        confidence: 'HIGH',
        rationale: 'A reading for the benchmark.',
        basis: 'ANALYST',
      });
    if (random.chance(0.6))
      figures.push(
        figure(random, actors, index * perDocument + within, {
          id: `F${padded(within)}`,
          statement,
          reporter: speaker,
          passages: [passage],
        }),
      );
  }
  return {
    name: documentOf(index),
    files: {
      document: { document: document(index, perDocument) },
      statements: { statements },
      sanctions: { links },
      trade: { figures },
    },
  };
}

function relayChain(random, actors, speaker) {
  const carriers = Array.from({ length: random.below(3) }, () => slugOf(random.zipf(actors)));
  return [...new Set(carriers)]
    .filter((carrier) => carrier !== speaker)
    .map((carrier) => ({ carrier, medium: 'newspaper article' }));
}

function summary(random) {
  const words = Array.from({ length: 8 + random.below(10) }, () => wordAt(random.zipf(WORDS)));
  if (random.chance(0.5)) words.splice(random.below(words.length), 0, COMMON_WORD);
  return `${words.join(' ')}.`;
}

function figure(random, actors, number, own) {
  const value = String(1 + random.below(10_000_000));
  const partner = slugOf((number * 7 + 1) % actors);
  return {
    ...own,
    measure: 'TRADE_VALUE',
    flow: 'TURNOVER',
    partner: partner === own.reporter ? slugOf((number * 7 + 2) % actors) : partner,
    period: { edtf: String(2000 + random.below(22)), basis: 'STATED' },
    value,
    statedAs: `${value} USD`,
    unit: 'USD',
    qualifier: 'EXACT',
    lowerBound: value,
    upperBound: value,
  };
}

const ACTOR_KINDS = [
  ['PERSON', {}],
  ['POLITY', { status: 'SOVEREIGN_STATE' }],
  ['ORGANIZATION', { type: 'GOVERNMENT_BODY' }],
  ['MEDIA_OUTLET', {}],
  ['GROUP', {}],
];

function actor(index) {
  const [kind, more] = ACTOR_KINDS[index % ACTOR_KINDS.length];
  const name = `${wordAt(index * 31 + 5)} ${wordAt(index + 17)}`;
  return { id: slugOf(index), kind, name, ...more, aliases: [{ text: name, lang: 'en' }], references: KNOWN };
}

function document(index, perDocument) {
  const length = perDocument * 100;
  const paragraphs = Array.from({ length: perDocument / 10 }, (_, number) => ({
    number: number + 1,
    role: 'BODY',
    at: [number * 1000, number * 1000 + 1000],
    digest: DIGEST,
  }));
  const publishedOn = { edtf: '2022-12-31', basis: 'STATED' };
  return {
    id: documentOf(index),
    title: `Bench document ${index}`,
    publishedOn,
    sha256: String(index).padStart(64, '0'),
    length,
    byteLength: length,
    paragraphs,
  };
}

const sanctions = () => ({
  regimes: [{ id: 'bench', name: 'Bench regime', authority: slugOf(2), targets: [slugOf(1)], references: KNOWN }],
  instruments: [
    {
      id: 'bench',
      symbol: 'B/1',
      title: 'Bench act',
      regime: 'bench',
      adoptedOn: { edtf: '2017-12-22', basis: 'BACKGROUND' },
      references: KNOWN,
    },
  ],
  provisions: Array.from({ length: PROVISIONS }, (_, index) => ({
    instrument: 'bench',
    paragraph: String(index + 1),
    measure: 'LABOUR',
    direction: 'BOTH',
    summary: `What paragraph ${index + 1} asks.`,
    inForceFrom: '2017-12-22',
    references: KNOWN,
  })),
});

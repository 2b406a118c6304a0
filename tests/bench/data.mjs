import { Random } from './random.mjs';

const SYLLABLES = ['ba', 'ko', 'ri', 'ten', 'mul', 'sa', 'vor', 'ne', 'lim', 'du', 'ga', 'hin', 'pe', 'zo', 'tra', 'qui'];
const WORDS = 4000;
/** In about half of all summaries. */
export const COMMON_WORD = 'commonly';
const DOCUMENT_STATEMENTS = 500;
const MODALITIES = ['ASSERTED', 'HEDGED', 'PREDICTED', 'EXPECTED', 'BELIEVED'];
const KINDS = ['FACT_REPORT', 'OPINION', 'PREDICTION'];
const TOPICS = ['labour', 'trade', 'sanctions', 'war', 'diplomacy'];
const RELATIONS = ['POSSIBLE_BREACH', 'LABOUR_BAN', 'PERMITTED', 'CONSISTENT_WITH'];
const KNOWN = [{ title: 'General knowledge', locator: null, url: null }];

const wordAt = (index) => [...index.toString(16)].map((digit) => SYLLABLES[Number.parseInt(digit, 16)]).join('');
const id = (kind, index) => `${kind}${String(index).padStart(7, '0')}`;
const origin = (document) => ({ document, file: 'bench.yaml', line: 1 });

/**
 * Seeds of a chosen number of statements: names and words by Zipf's law, relay chains, dates with ties, links and figures
 * on most statements. The same size gives the same seeds.
 */
export function benchSeeds(size) {
  const random = new Random(size);
  const actorCount = Math.max(20, Math.ceil(size / 50));
  const actors = Array.from({ length: actorCount }, (_, index) => actor(index));
  const provisionCount = 200;
  const seeds = {
    documents: [],
    actors,
    places: [],
    offices: [],
    kinship: [],
    events: [],
    mentions: [],
    statements: [],
    relations: [],
    quotations: [],
    works: [],
    tensions: [],
    cautions: [],
    insertions: [],
    numbers: [],
    regimes: [regime()],
    instruments: [instrument()],
    provisions: Array.from({ length: provisionCount }, (_, index) => provision(index)),
    links: [],
    designations: [],
    figures: [],
    commodities: [],
  };

  for (let index = 0; index < size; index++) {
    const documentIndex = Math.floor(index / DOCUMENT_STATEMENTS);
    const document = id('document:bench-', documentIndex);
    const within = index % DOCUMENT_STATEMENTS;
    if (within === 0) seeds.documents.push(documentOf(document, documentIndex));
    const passage = passageOf(document, within * 100);
    const statement = id(`statement:bench-${documentIndex}/S`, within);
    const speaker = actors[random.zipf(actorCount)].id;
    seeds.statements.push({
      id: statement,
      summary: summary(),
      kind: KINDS[random.zipf(KINDS.length)],
      modality: MODALITIES[random.zipf(MODALITIES.length)],
      attribution: {
        status: random.chance(0.8) ? 'EXPLICIT' : 'IMPLICIT',
        speakers: [speaker],
        imputedTo: null,
        imputedBy: null,
        candidates: [],
        relayChain: Array.from({ length: random.below(3) }, () => ({ carrier: actors[random.zipf(actorCount)].id, medium: 'newspaper article', work: null, relayedOn: null })),
      },
      saidOn: { edtf: `20${String(10 + random.below(13))}-${String(1 + random.below(12)).padStart(2, '0')}-${String(1 + random.below(28)).padStart(2, '0')}`, basis: 'STATED', note: null },
      addressees: random.chance(0.3) ? [actors[random.zipf(actorCount)].id] : [],
      venue: null,
      topics: [TOPICS[random.zipf(TOPICS.length)]],
      hedges: [],
      note: null,
      passages: [passage],
      references: [],
      basis: 'DOCUMENT',
      origin: origin(document),
    });
    if (random.chance(0.8))
      seeds.links.push({
        id: id(`link:bench-${documentIndex}/L`, within),
        statement,
        provision: seeds.provisions[random.zipf(provisionCount)].id,
        regime: 'regime:bench',
        relation: RELATIONS[random.zipf(RELATIONS.length)],
        confidence: 'HIGH',
        rationale: 'A reading for the benchmark.',
        basis: 'ANALYST',
        origin: origin(document),
      });
    if (random.chance(0.6)) seeds.figures.push(figure(index, documentIndex, within, statement, speaker, passage));
  }
  return seeds;

  function summary() {
    const words = Array.from({ length: 8 + random.below(10) }, () => wordAt(random.zipf(WORDS)));
    if (random.chance(0.5)) words.splice(random.below(words.length), 0, COMMON_WORD);
    return `${words.join(' ')}.`;
  }

  function figure(index, documentIndex, within, statement, reporter, passage) {
    const value = String(1 + random.below(10_000_000));
    return {
      id: id(`figure:bench-${documentIndex}/F`, within),
      measure: 'TRADE_VALUE',
      flow: 'TURNOVER',
      reporter,
      partner: actors[(index * 7 + 1) % actorCount].id,
      period: { edtf: String(2000 + random.below(22)), basis: 'STATED', note: null },
      value,
      statedAs: `${value} USD`,
      unit: 'USD',
      qualifier: 'EXACT',
      lowerBound: value,
      upperBound: value,
      commodities: [],
      publishedBy: null,
      publishedByIsCertain: false,
      publisherCandidates: [],
      statement,
      derivation: null,
      note: null,
      passages: [passage],
      references: [],
      basis: 'DOCUMENT',
      origin: origin(passage.document),
    };
  }
}

const passageOf = (document, start) => ({ at: [start, start + 80], digest: '0000000000000000', citation: `citation:${document.slice('document:'.length)}#char=${start},${start + 80}` });

function actor(index) {
  const kinds = [
    ['person', 'PERSON', {}],
    ['polity', 'POLITY', { status: 'SOVEREIGN_STATE' }],
    ['organization', 'ORGANIZATION', { type: 'GOVERNMENT_BODY' }],
    ['outlet', 'MEDIA_OUTLET', {}],
    ['group', 'GROUP', {}],
  ];
  const [prefix, kind, more] = kinds[index % kinds.length];
  const name = `${wordAt(index * 31 + 5)} ${wordAt(index + 17)}`;
  return {
    id: `${prefix}:bench-${index}`,
    name,
    description: null,
    note: null,
    aliases: [{ text: name, lang: 'en', inDocument: false, caution: null }],
    identifiers: [],
    affiliations: [],
    mentions: [],
    basis: 'BACKGROUND',
    references: KNOWN,
    kind,
    ...more,
    origin: origin(null),
  };
}

function documentOf(document, index) {
  const length = DOCUMENT_STATEMENTS * 100;
  const paragraphs = Array.from({ length: 50 }, (_, number) => ({
    number: number + 1,
    role: 'BODY',
    voice: null,
    at: [number * 1000, number * 1000 + 1000],
    digest: '0000000000000000',
    citation: `citation:${document.slice('document:'.length)}#char=${number * 1000},${number * 1000 + 1000}`,
  }));
  return {
    id: document,
    title: `Bench document ${index}`,
    publisher: null,
    publishedOn: { edtf: '2022-08-19', basis: 'STATED', note: null },
    series: null,
    number: null,
    sha256: String(index).padStart(64, '0'),
    length,
    byteLength: length,
    multibyte: [],
    reproduces: null,
    paragraphs,
    insertions: [],
    origin: origin(document),
  };
}

const regime = () => ({
  id: 'regime:bench',
  name: 'Bench regime',
  authority: 'organization:bench-2',
  targets: ['polity:bench-1'],
  note: null,
  background: [],
  basis: 'BACKGROUND',
  passages: [],
  references: KNOWN,
  origin: origin(null),
});
const instrument = () => ({
  id: 'instrument:bench',
  symbol: 'B/1',
  title: 'Bench act',
  regime: 'regime:bench',
  adoptedOn: { edtf: '2017-12-22', basis: 'BACKGROUND', note: null },
  events: [],
  note: null,
  basis: 'BACKGROUND',
  passages: [],
  references: KNOWN,
  origin: origin(null),
});
const provision = (index) => ({
  id: `provision:bench/${index + 1}`,
  instrument: 'instrument:bench',
  paragraph: String(index + 1),
  paragraphSource: null,
  measure: 'LABOUR',
  direction: 'BOTH',
  summary: `What paragraph ${index + 1} asks.`,
  cap: null,
  replacedBy: null,
  hsChapters: [],
  inForceFrom: '2017-12-22',
  inForceUntil: null,
  deadline: null,
  basis: 'BACKGROUND',
  passages: [],
  references: KNOWN,
  origin: origin(null),
});

import { createHash } from 'node:crypto';
import { passageDigest } from '@dossier/domain';
import { wordAt } from '../data.mjs';
import { Random } from '../random.mjs';

const STATEMENTS = 30;
const STATEMENTS_PER_PARAGRAPH = 3;
const FIGURES_EVERY = 6;
const ACTORS = 500;
const PROVISIONS = 200;
const WORDS = 4000;
const VERBS = ['says', 'expects', 'denies', 'repeats', 'hopes'];
const TOPICS = ['labour', 'trade', 'sanctions', 'war', 'diplomacy'];
const KINDS = [
  ['PERSON', 'person', {}],
  ['POLITY', 'polity', { status: 'SOVEREIGN_STATE' }],
  ['ORGANIZATION', 'organization', { type: 'GOVERNMENT_BODY' }],
  ['MEDIA_OUTLET', 'outlet', {}],
];
const KNOWN = [{ title: 'Gazetteer of the archive' }];

export const documentId = (index) => `archive-${String(index).padStart(4, '0')}`;
const slugOf = (index) => `actor-${index}`;
export const actorId = (index) => `${KINDS[index % KINDS.length][1]}:${slugOf(index)}`;
const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);
/** No two actors have the same name; every fourth one has a character of two bytes. */
const nameOf = (index) =>
  `${capital(wordAt(index * 31 + 4111))} ${index % 4 === 0 ? 'É' : ''}${capital(wordAt(index + 271))}`;
const wordsOf = (random, count) => Array.from({ length: count }, () => wordAt(random.zipf(WORDS))).join(' ');
export const wordOf = (random) => wordAt(random.zipf(WORDS));

/** The files of the register, by their names without the ending. */
export const registerFiles = () => ({
  actors: {
    actors: Array.from({ length: ACTORS }, (_, index) => {
      const [kind, , more] = KINDS[index % KINDS.length];
      return {
        id: slugOf(index),
        kind,
        name: nameOf(index),
        ...more,
        aliases: [{ text: nameOf(index).toUpperCase(), lang: 'en' }],
        references: KNOWN,
      };
    }),
  },
  sanctions: {
    regimes: [{ id: 'archive', name: 'Regime of the archive', targets: [slugOf(1)], references: KNOWN }],
    instruments: [
      {
        id: 'act',
        symbol: 'A/1',
        title: 'Act of the archive',
        regime: 'archive',
        adoptedOn: { edtf: '2005-01-01', basis: 'BACKGROUND' },
        references: KNOWN,
      },
    ],
    provisions: Array.from({ length: PROVISIONS }, (_, index) => ({
      instrument: 'act',
      paragraph: String(index + 1),
      measure: 'LABOUR',
      direction: 'BOTH',
      summary: `What paragraph ${index + 1} forbids.`,
      inForceFrom: '2005-01-01',
      references: KNOWN,
    })),
  },
});

/** A document: its text, and the files of its folder by their names without the ending. The same index gives the same document. */
export function archiveDocument(index) {
  const random = new Random(index + 1);
  const text = new TextBuilder();
  const year = 2010 + (index % 13);
  const title = `Report ${index} on ${wordsOf(random, 3)}`;
  const publisher = slugOf(3 + 4 * random.below(20));
  const paragraphs = [{ number: 1, role: 'TITLE', ...text.passage(() => text.append(title)) }];
  const [statements, figures, links, mentions] = [[], [], [], new Map()];
  while (statements.length < STATEMENTS) {
    text.append('\n\n');
    const written = text.passage(() => {
      for (let within = 0; within < STATEMENTS_PER_PARAGRAPH; within++) {
        if (within > 0) text.append(' ');
        addStatement({ random, text, year, publisher, statements, figures, links, mentions });
      }
    });
    paragraphs.push({ number: paragraphs.length + 1, role: 'BODY', voice: publisher, ...written });
  }
  text.append('\n');
  const event = {
    id: 'E01',
    label: `A meeting on ${wordsOf(random, 3)}.`,
    kind: 'MEDIA_STATEMENT',
    status: 'OCCURRED',
    date: { edtf: String(year), basis: 'BACKGROUND' },
    participants: [{ actor: statements[0].attribution.speakers[0], role: 'speaker' }],
    statements: ['S01', 'S02'],
    passages: statements[0].passages,
  };
  const additions = [...mentions].map(([of, passages]) => ({ of, mentions: passages }));
  const document = {
    id: documentId(index),
    title,
    publisher,
    publishedOn: { edtf: `${year}-12-31`, basis: 'BACKGROUND' },
  };
  return {
    text: text.content,
    files: {
      document: { document: { ...document, ...text.measures(), paragraphs } },
      actors: { events: [event], additions },
      statements: { statements },
      sanctions: { links },
      trade: { figures },
    },
  };
}

function addStatement({ random, text, year, publisher, statements, figures, links, mentions }) {
  const number = String(statements.length + 1).padStart(2, '0');
  const speaker = random.zipf(ACTORS);
  const isFigure = statements.length % FIGURES_EVERY === 0;
  const value = String(1000 + random.below(9_000_000));
  const passage = text.passage(() => {
    const mention = text.passage(() => text.append(nameOf(speaker)));
    mentions.set(slugOf(speaker), [...(mentions.get(slugOf(speaker)) ?? []), { form: 'NAME', ...mention }]);
    text.append(` ${VERBS[random.below(VERBS.length)]} that ${wordsOf(random, 12 + random.below(12))}`);
    text.append(isFigure ? `, worth ${value} USD.` : '.');
  });
  statements.push({
    id: `S${number}`,
    summary: `${capital(wordsOf(random, 8 + random.below(8)))}.`,
    kind: 'FACT_REPORT',
    modality: random.chance(0.7) ? 'ASSERTED' : 'EXPECTED',
    attribution: {
      status: 'EXPLICIT',
      speakers: [slugOf(speaker)],
      relayChain: publisher === slugOf(speaker) ? [] : [{ carrier: publisher, medium: 'report' }],
    },
    saidOn: { edtf: `${year}-${String(1 + random.below(12)).padStart(2, '0')}`, basis: 'BACKGROUND' },
    topics: [TOPICS[random.zipf(TOPICS.length)]],
    passages: [passage],
  });
  if (random.chance(0.3))
    links.push({
      id: `L${number}`,
      statement: `S${number}`,
      provision: `act/${1 + random.zipf(PROVISIONS)}`,
      relation: 'POSSIBLE_BREACH',
      confidence: 'LOW',
      rationale: 'A reading for the benchmark.',
      basis: 'ANALYST',
    });
  if (isFigure)
    figures.push({
      id: `F${number}`,
      measure: 'TRADE_VALUE',
      flow: 'EXPORT',
      reporter: slugOf(speaker),
      partner: slugOf((speaker + 1) % ACTORS),
      period: { edtf: String(year), basis: 'BACKGROUND' },
      value,
      statedAs: `${value} USD`,
      unit: 'USD',
      qualifier: 'EXACT',
      lowerBound: value,
      upperBound: value,
      statement: `S${number}`,
      passages: [passage],
    });
}

/** A text of characters of the Basic Multilingual Plane, in which UTF-16 units and code points are the same. */
class TextBuilder {
  content = '';

  append(words) {
    this.content += words;
  }

  /** Position and digest of what a function appends. */
  passage(write) {
    const start = this.content.length;
    write();
    return { at: [start, this.content.length], digest: passageDigest(this.content.slice(start)) };
  }

  measures() {
    const bytes = Buffer.from(this.content);
    return {
      sha256: createHash('sha256').update(bytes).digest('hex'),
      length: this.content.length,
      byteLength: bytes.length,
      multibyte: [...this.content].flatMap((character, at) => {
        const size = Buffer.byteLength(character);
        return size > 1 ? [[at, size]] : [];
      }),
    };
  }
}

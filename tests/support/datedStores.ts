import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seedAll } from '@dossier/gateway';
import type { SeededRandom } from './seededRandom.js';

/** Records of each kind. */
const RECORDS = 150;
const DIGEST = '0'.repeat(16);
const KNOWN = [{ title: 'Made up' }];

const padded = (value: number, length: number): string => String(value).padStart(length, '0');

/** A day, most often one of twelve years. */
export function dayOf(random: SeededRandom): string {
  if (random.chance(5)) return random.of(['0001-01-01', '0009-12-31', '9990-01-01', '9999-12-31']);
  return `${1895 + random.below(12)}-${padded(1 + random.below(12), 2)}-${padded(1 + random.below(28), 2)}`;
}

/** A date of any length, open at one end or at both. */
function edtfOf(random: SeededRandom): string {
  const [first, last] = [dayOf(random), dayOf(random)].sort() as [string, string];
  return random.of([
    ...[first, first, first, first.slice(0, 7), first.slice(0, 7), first.slice(0, 4), `${first.slice(0, 3)}X`],
    ...[first === last ? first : `${first}/${last}`, `${first.slice(0, 2)}XX`, `${first}/..`, `../${last}`, '../..'],
  ]);
}

/** Stores of a document about a made-up place, with statements, events and figures that have dates of every length. */
export async function datedStores(folder: string, random: SeededRandom): Promise<void> {
  const [seedsDir, length] = [join(folder, 'seeds'), RECORDS * 100];
  const write = (path: string, content: object): void => writeFileSync(join(seedsDir, path), JSON.stringify(content));
  const records = <Record>(make: (index: number) => Record): Record[] =>
    Array.from({ length: RECORDS }, (_, index) => make(index));
  const passages = (index: number) => [{ at: [index * 100, index * 100 + 80], digest: DIGEST }];
  const date = () => ({ edtf: edtfOf(random), basis: 'STATED' });
  for (const name of ['register', 'ruritania']) mkdirSync(join(seedsDir, name), { recursive: true });
  write('register/actors.yaml', {
    actors: ['ruritania', 'graustark'].map((id) => ({
      id,
      kind: 'POLITY',
      status: 'SOVEREIGN_STATE',
      name: id,
      references: KNOWN,
    })),
    places: [{ id: 'strelsau', name: 'Strelsau', references: KNOWN }],
  });
  write('ruritania/document.yaml', {
    document: {
      id: 'ruritania',
      title: 'Made up',
      publishedOn: { edtf: '9999-12-31', basis: 'STATED' },
      sha256: '0'.repeat(64),
      length,
      byteLength: length,
      paragraphs: [{ number: 1, role: 'BODY', at: [0, length], digest: DIGEST }],
    },
  });
  write('ruritania/statements.yaml', {
    statements: records((index) => ({
      id: `S${padded(index, 4)}`,
      summary: `Statement ${index}.`,
      kind: random.of(['FACT_REPORT', 'PREDICTION']),
      modality: 'ASSERTED',
      attribution: { status: 'EXPLICIT', speakers: [random.of(['ruritania', 'graustark'])] },
      saidOn: date(),
      topics: [random.of(['toll', 'bridge'])],
      passages: passages(index),
    })),
  });
  write('ruritania/actors.yaml', {
    events: records((index) => ({
      id: `E${padded(index, 4)}`,
      label: `Event ${index}`,
      kind: 'VISIT',
      status: random.of(['OCCURRED', 'ALLEGED']),
      date: date(),
      place: 'strelsau',
      participants: [{ actor: random.of(['ruritania', 'graustark']), role: 'guest' }],
      passages: passages(index),
    })),
  });
  write('ruritania/trade.yaml', {
    figures: records((index) => ({
      id: `F${padded(index, 4)}`,
      statement: `S${padded(index, 4)}`,
      measure: 'TRADE_VALUE',
      flow: random.of(['EXPORT', 'IMPORT']),
      reporter: 'ruritania',
      partner: 'graustark',
      period: date(),
      value: '1',
      statedAs: '1 USD',
      unit: 'USD',
      qualifier: 'EXACT',
      lowerBound: '1',
      upperBound: '1',
      passages: passages(index),
    })),
  });
  await seedAll({ dataDir: folder, seedsDir });
}

import { parentPort, workerData } from 'node:worker_threads';
import { type IndexedSeeds, openSeeds, readFacts } from '@dossier/seed-format';
import { RowRecording } from '@dossier/store';
import { knownPart } from '../knownParts.js';
import { checkOptions, withWords } from '../seedSources.js';
import { failedWith } from './failures.js';
import { type FromReader, packed, type ReaderData, type ReadPart, type SeedModule, type ToReader } from './messages.js';

// Reads and checks folders of seeds, and computes their rows.

const { sources, services, sections } = workerData as ReaderData;
const seeders = await Promise.all(
  services.map(async ({ name, seedCode }) => {
    const { seed } = (await import(seedCode)) as SeedModule;
    return { name, seed, recording: new RowRecording() };
  }),
);
let seeds: IndexedSeeds | null = null;

function read({ name, firstRow, digest }: Extract<ToReader, { kind: 'read' }>): ReadPart {
  if (!seeds) throw new Error('The seeds are not indexed.');
  const part = withWords(seeds.read(name), sources);
  const { factsOf } = seeds;
  const content = (): ReadPart['content'] => {
    try {
      const rows = seeders.map(({ name: service, seed, recording }): [string, Uint8Array] => {
        seed?.(recording.db, part, firstRow);
        return [service, packed(recording.take())];
      });
      const known = knownPart(part, { digest, firstRow, facts: factsOf(name), inserted: {}, sections });
      return { known, rows: new Map(rows) };
    } catch (error) {
      return failedWith(error);
    }
  };
  return {
    kind: 'part',
    problems: part.problems,
    statements: part.seeds.statements.length,
    size: part.size,
    content: part.problems.length === 0 ? content() : null,
  };
}

function respond(message: ToReader): void {
  if (message.kind === 'facts') {
    send({ kind: 'facts', facts: readFacts(sources.seedsDir, message.names) });
  } else if (message.kind === 'index') {
    seeds = openSeeds(sources.seedsDir, checkOptions(sources)).index(message.facts);
  } else {
    const part = read(message);
    const rows = part.content && 'rows' in part.content ? [...part.content.rows.values()] : [];
    send(
      part,
      rows.map(({ buffer }) => buffer as ArrayBuffer),
    );
  }
}

const send = (message: FromReader, transferred: ArrayBuffer[] = []) => parentPort?.postMessage(message, transferred);

parentPort?.on('message', (message: ToReader) => {
  try {
    respond(message);
  } catch (error) {
    send(failedWith(error));
  }
});

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { SeedPart, SharedFacts } from '@dossier/seed-format';
import { type InsertedRows, type KnownPart, sumsDigest } from '@dossier/store';
import type { SeedableDefinition } from './plan.js';

type Seeds = SeedPart['seeds'];

/** The file of the parts of stores that are built together; see PartsFile. */
export const partsFile = (dataDir: string, definitions: readonly SeedableDefinition[]): string =>
  join(
    dataDir,
    `.parts-${definitions
      .map(({ name }) => name)
      .sort()
      .join('-')}`,
  );

/**
 * Identifies stores by their bytes, and what they were built with except the seeds; null if a store has no checksums. Two stores of one
 * revision may have different row ids.
 */
export function partsKey(builtWith: string, files: readonly string[]): string | null {
  const sums = files.map(sumsDigest);
  return sums.includes(null) ? null : [builtWith, ...sums].join();
}

/** Row ids that a folder has at least, so that statements can be added to it later. */
const MIN_ROOM = 1024;
/** A record of a statement or a paragraph has more bytes. */
const BYTES_PER_ROW = 16;

/**
 * The number of row ids of a folder of this size. The ids of 10^8 documents of 100 KB are below 2^41, so that row ids of passages are exact
 * in JavaScript.
 */
export const roomFor = (bytes: number): number => Math.max(MIN_ROOM, Math.ceil(bytes / BYTES_PER_ROW));

/** The most rows that a part has in a table that is in order of the text. */
export const orderedRows = ({ documents, statements }: Seeds): number =>
  Math.max(
    statements.length,
    documents.reduce((sum, { paragraphs }) => sum + paragraphs.length, documents.length),
  );

/** Where the ids of a part's rows are, by service and table. */
export type Inserted = Record<string, Record<string, [first: number, last: number]>>;

export const insertedOf = (rows: InsertedRows): Inserted[string] => Object.fromEntries(rows);

/** Sections whose records other folders read one by one. */
const READ_BY_OTHERS = ['actors', 'places', 'regimes', 'instruments', 'provisions', 'documents'] as const;

/** Sections whose records are compared with those of other folders. */
const COMPARED_BY_OTHERS = ['links', 'relations', 'tensions', 'designations'] as const;

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16);

/** Lines are computed on demand from the file, and no row has them. */
const withoutLine = <Item extends { origin: { document: string | null; file: string } }>(record: Item): Item => ({
  ...record,
  origin: { document: record.origin.document, file: record.origin.file },
});

/** Digests of the records of a part that others read, by their dependency. */
function recordDigests({
  folder,
  seeds,
  namesForOthers,
}: Pick<SeedPart, 'folder' | 'seeds' | 'namesForOthers'>): Record<string, string> {
  const digests: Record<string, string> = {};
  for (const section of READ_BY_OTHERS)
    for (const record of seeds[section])
      digests[`record ${section} ${record.id}`] = digestOf(JSON.stringify(withoutLine(record as never)));
  for (const section of COMPARED_BY_OTHERS)
    if (seeds[section].length > 0)
      digests[`section ${folder} ${section}`] = digestOf(JSON.stringify((seeds[section] as never[]).map(withoutLine)));
  for (const [name, owners] of namesForOthers()) digests[name] = digestOf(owners);
  return digests;
}

/** The records of a part that shared rows follow from, as JSON; empty if there are none. */
function sharedRecords(seeds: Seeds, sections: Iterable<keyof Seeds>): string {
  const shared = Object.fromEntries(
    [...sections].flatMap((section) =>
      seeds[section].length === 0 ? [] : [[section, (seeds[section] as never[]).map(withoutLine)]],
    ),
  );
  return Object.keys(shared).length === 0 ? '' : JSON.stringify(shared);
}

/** The sections that shared rows of any store follow from. */
export const sharedSections = (definitions: readonly SeedableDefinition[]): Set<keyof Seeds> =>
  new Set(definitions.flatMap(({ shared }) => shared?.sections ?? []));

/** A part as it is stored, after its rows were inserted. */
export function knownPart(
  part: SeedPart,
  {
    facts,
    sections,
    ...rest
  }: { digest: string; firstRow: number; facts: SharedFacts; inserted: Inserted; sections: Iterable<keyof Seeds> },
): KnownPart {
  const { folder, seeds, dependencies } = part;
  return {
    name: folder,
    digest: rest.digest,
    firstRow: rest.firstRow,
    rows: orderedRows(seeds),
    facts: JSON.stringify(facts),
    records: JSON.stringify(recordDigests(part)),
    inserted: JSON.stringify(rest.inserted),
    shared: sharedRecords(seeds, sections),
    dependencies: `\n${dependencies().sort().join('\n')}\n`,
  };
}

/** One entry for each key, with all of its values. */
function joined(entries: readonly [key: string, value: string][]): [key: string, value: string][] {
  const values = new Map<string, string[]>();
  for (const [key, value] of entries) values.set(key, [...(values.get(key) ?? []), value]);
  return [...values].map(([key, all]) => [key, all.join(' ')]);
}

/**
 * The dependencies that may change between two versions of a folder's facts, either of which may be missing; null if any may,
 * because actors or places were merged differently.
 */
export function changedFacts(before: SharedFacts | null, after: SharedFacts | null): Set<string> | null {
  if (JSON.stringify(before?.merges ?? []) !== JSON.stringify(after?.merges ?? [])) return null;
  const changed = new Set<string>();
  const compare = (keysOf: (facts: SharedFacts) => [key: string, value: string][]) => {
    const [old, now] = [before, after].map((facts) => new Map(facts ? keysOf(facts) : []));
    for (const [key, value] of old as Map<string, string>) if (now?.get(key) !== value) changed.add(key);
    for (const key of (now as Map<string, string>).keys()) if (!old?.has(key)) changed.add(key);
  };
  // Positions in files matter to messages only.
  compare(({ owners }) => owners.map(([key, { id, file, isReadable }]) => [key, `${id} ${file} ${isReadable}`]));
  compare(({ documents }) => documents.map(({ id, sha256 }) => [`sha256 ${sha256}`, id]));
  compare(({ symbols }) => symbols.map(([symbol, { id, file }]) => [`symbol ${symbol}`, `${id} ${file}`]));
  compare(({ mentioned }) => mentioned.map((slug) => [`mention ${slug}`, '']));
  compare(({ identifiers }) =>
    joined(identifiers.map(({ scheme, value, slug }) => [`identifier ${scheme} ${slug}`, value])),
  );
  compare(({ identifiers }) =>
    joined(identifiers.map(({ scheme, value, slug }) => [`identified ${scheme} ${value}`, slug])),
  );
  return changed;
}

import type { IndexedSeeds, SeedPart, SharedFacts } from '@dossier/seed-format';
import { type FolderState, REGISTER } from '@dossier/seed-format/sources';
import {
  clearTable,
  deleteIndexed,
  deleteRows,
  type KnownPart,
  type PartsFile,
  type StoreBuild,
  startStoreChange,
  trackInserts,
  valuesIn,
} from '@dossier/store';
import { getTableName } from 'drizzle-orm';
import {
  changedFacts,
  type Inserted,
  insertedOf,
  knownPart,
  orderedRows,
  roomFor,
  sharedSections,
} from './knownParts.js';
import type { Plan } from './plan.js';
import { insertShared } from './sharedRows.js';

interface ChangeOptions {
  plans: readonly Plan[];
  parts: PartsFile;
  /** The files of all folders. */
  folders: ReadonlyMap<string, FolderState>;
  /** Indexes the seeds, given the facts of folders that did not change. */
  index: (known: ReadonlyMap<string, SharedFacts>) => IndexedSeeds;
  /** Prepares a part for the stores. */
  prepare: (part: SeedPart) => SeedPart;
  /** Called after each folder that was read, with its number of statements and its size in characters. */
  onRead: (folder: { statements: number; size: number }) => void;
}

/** With more changed parts than this share of all, building from scratch is about as fast, and leaves no gaps. */
const MAX_CHANGED = 0.25;

interface Change extends ChangeOptions {
  stores: { plan: Plan; build: StoreBuild }[];
  seeds: IndexedSeeds;
  /** What is known of parts in order of their names: to find free row ids. */
  order: { name: string; firstRow: number; rows: number }[];
  /** Positions of the names, in the order in which folders are read. */
  rank: ReadonlyMap<string, number>;
  isSharedChanged: boolean;
}

/**
 * Builds the next revision of stores from those in place, by reading only folders that changed, and folders that depend on
 * what changed in them. The rows are those of a seed from scratch. Returns false, and changes nothing, if it has to be done from scratch:
 * because most of it changed, there is a problem to report, or a store in place is damaged.
 */
export function changeStores(options: ChangeOptions): boolean {
  const { plans, parts, folders } = options;
  const before = new Map(
    [...parts.each(REGISTER, 'name', 'digest', 'firstRow', 'rows', 'facts')].map((part) => [part.name, part]),
  );
  const changed = [...folders].flatMap(([name, { digest }]) => (before.get(name)?.digest === digest ? [] : [name]));
  const removed = [...before.keys()].filter((name) => !folders.has(name));
  const limit = MAX_CHANGED * folders.size;
  if (changed.length + removed.length > limit) return false;
  const isChanged = new Set([...changed, ...removed]);
  const factsOf = (name: string): SharedFacts | null => {
    const part = before.get(name);
    return part ? (JSON.parse(part.facts) as SharedFacts) : null;
  };
  const seeds = options.index(
    new Map(
      [...before.keys()].filter((name) => !isChanged.has(name)).map((name) => [name, factsOf(name) as SharedFacts]),
    ),
  );
  const touched = new Set<string>();
  for (const name of isChanged) {
    const keys = changedFacts(factsOf(name), folders.has(name) ? seeds.factsOf(name) : null);
    if (keys === null) return false;
    for (const key of keys) touched.add(key);
    touched.add(`folder ${name}`);
  }
  // A text that names one of two that were merged names both.
  for (const [slug, survivor] of folders.has(REGISTER) ? seeds.factsOf(REGISTER).merges : [])
    if (touched.has(`mention ${slug}`) || touched.has(`mention ${survivor}`))
      touched.add(`mention ${slug}`).add(`mention ${survivor}`);
  const stores: Change['stores'] = [];
  try {
    for (const plan of plans) {
      const build = startStoreChange(plan);
      if (!build) return false;
      stores.push({ plan, build });
    }
    const change: Change = {
      ...options,
      stores,
      seeds,
      order: [...before.values()].filter(({ name }) => !removed.includes(name)),
      rank: new Map(seeds.names.map((name, position) => [name, position])),
      isSharedChanged: false,
    };
    if (!replaceParts(change, { changed, removed, touched, limit })) return false;
    for (const { plan, build } of stores) build.write(() => plan.definition.finishRows?.(build.db));
    if (change.isSharedChanged) replaceShared(change);
    for (const { build } of stores) build.finish();
    return true;
  } finally {
    for (const { build } of stores) build.discard();
  }
}

/** Replaces the rows of parts until nothing depends on a change any more. Returns false if it has to be done from scratch. */
function replaceParts(
  change: Change,
  { changed, removed, touched, limit }: { changed: string[]; removed: string[]; touched: Set<string>; limit: number },
): boolean {
  const { parts, seeds } = change;
  const done = new Set<string>([...changed, ...removed]);
  const known = new Map<string, KnownPart | null>();
  const others = new Set<string>();
  const remove = (name: string): Set<string> => {
    const part = parts.get(name);
    known.set(name, part);
    return part ? removeRows(change, part) : new Set();
  };
  // All of them before any row is inserted, which may take the key of a row of another part.
  for (const name of done) for (const other of remove(name)) others.add(other);
  for (const name of removed) {
    const { shared = '', records = '{}' } = known.get(name) ?? {};
    if (shared !== '') change.isSharedChanged = true;
    for (const key of Object.keys(JSON.parse(records))) touched.add(key);
    parts.remove(name);
  }
  let pending = changed;
  // At least once: others may depend on parts that were removed.
  do {
    for (const name of pending) {
      const part = seeds.read(name);
      change.onRead({ statements: part.seeds.statements.length, size: part.size });
      if (part.problems.length > 0) return false;
      const before = known.get(name) ?? null;
      const after = insertRows(change, part, before);
      if (!after) return false;
      if ((before?.shared ?? '') !== after.shared) change.isSharedChanged = true;
      for (const key of differences(before?.records, after.records)) touched.add(key);
      parts.put(after);
    }
    const dependent: string[] = [];
    for (const { name, dependencies } of parts.each(REGISTER, 'name', 'dependencies')) {
      if (done.has(name)) continue;
      const keys = dependencies.split('\n').filter((key) => touched.has(key));
      // What its references lead to may have another id, which its records then have as well.
      if (keys.some((key) => !/^(?:folder|record|section|name) /.test(key))) touched.add(`folder ${name}`);
      if (keys.length > 0 || others.has(name)) dependent.push(name);
    }
    if (done.size + dependent.length > limit) return false;
    for (const name of dependent) {
      done.add(name);
      // Its files are the same, so it inserts the same rows about others.
      remove(name);
    }
    pending = dependent;
  } while (pending.length > 0);
  return true;
}

/** The keys with different values in two objects, as JSON. */
function differences(before: string | undefined, after: string): string[] {
  if (before === after) return [];
  const [old, now] = [before ?? '{}', after].map((json) => JSON.parse(json) as Record<string, string>);
  return [...new Set([...Object.keys(old as object), ...Object.keys(now as object)])].filter(
    (key) => old?.[key] !== now?.[key],
  );
}

/** Deletes the rows of a part. Returns the folders of records of others that the rows were about: they may have inserted the same. */
function removeRows({ stores }: Change, { name, inserted }: KnownPart): Set<string> {
  const rows = JSON.parse(inserted) as Inserted;
  const others = new Set<string>();
  for (const { plan, build } of stores) {
    const { aboutOthers = [], textIndexes = [], beforeRemoval } = plan.definition;
    const own = rows[plan.definition.name] ?? {};
    build.write(() => {
      const rowsBefore = beforeRemoval && own[getTableName(beforeRemoval.table)];
      if (rowsBefore) beforeRemoval.remove(build.db, ...rowsBefore);
      for (const { table, id } of aboutOthers) {
        const range = own[getTableName(table)];
        for (const value of range ? valuesIn(build.db, table, id.name, ...range) : []) {
          const folder = /^[a-z]+:([^/]+)\//.exec(String(value))?.[1];
          if (folder !== undefined && folder !== name) others.add(folder);
        }
      }
      for (const { name: index, table, parts } of textIndexes) {
        const range = own[getTableName(table)];
        if (!range) continue;
        const [first, last] = range;
        deleteIndexed(build.db, index, first, last);
        if (parts) deleteIndexed(build.db, parts.name, first * parts.perRow, (last + 1) * parts.perRow - 1);
      }
      for (const [table, range] of Object.entries(own)) deleteRows(build.db, table, ...range);
    });
  }
  return others;
}

/** Inserts the rows of a part. Null if there is no room for its row ids between those of its neighbours. */
function insertRows(change: Change, part: SeedPart, before: KnownPart | null): KnownPart | null {
  const { stores, folders, plans, prepare, seeds } = change;
  const firstRow = firstRowFor(change, part, before);
  if (firstRow === null) return null;
  const inserted: Inserted = {};
  for (const { plan, build } of stores) {
    const { name, seed } = plan.definition;
    const rows = trackInserts(build.db);
    build.write(() => seed?.(build.db, prepare(part), firstRow));
    inserted[name] = insertedOf(rows);
  }
  return knownPart(part, {
    digest: folders.get(part.folder)?.digest as string,
    firstRow,
    facts: seeds.factsOf(part.folder),
    inserted,
    sections: sharedSections(plans.map(({ definition }) => definition)),
  });
}

/** The first row id of a part: as before if there is room after it, else between its neighbours, in order of the names. */
function firstRowFor(
  { order, rank }: Change,
  { folder, seeds: records }: SeedPart,
  before: KnownPart | null,
): number | null {
  const rows = orderedRows(records);
  const position = rank.get(folder) as number;
  let previous: Change['order'][number] | null = null;
  let next: Change['order'][number] | null = null;
  for (const part of order) {
    const at = rank.get(part.name) as number;
    if (at < position && (previous === null || part.firstRow > previous.firstRow)) previous = part;
    if (at > position && (next === null || part.firstRow < next.firstRow)) next = part;
  }
  const start = previous ? previous.firstRow + previous.rows : 1;
  const end = next ? next.firstRow : Number.POSITIVE_INFINITY;
  const own = order.find(({ name }) => name === folder);
  let firstRow = before?.firstRow ?? null;
  if (firstRow === null || firstRow + rows > end)
    firstRow = next ? start + Math.floor((end - start - rows) / 2) : previous ? start + roomFor(0) : start;
  if (firstRow < start || firstRow + rows > end) return null;
  if (own) Object.assign(own, { firstRow, rows });
  else order.push({ name: folder, firstRow, rows });
  return firstRow;
}

/** Writes the rows that follow from records of several parts again. */
function replaceShared({ stores, parts }: Change): void {
  for (const { plan, build } of stores) {
    const { shared } = plan.definition;
    if (!shared) continue;
    build.write(() => {
      for (const table of shared.tables) clearTable(build.db, table);
      insertShared(build.db, shared, () => parts.each(REGISTER, 'shared'));
    });
  }
}

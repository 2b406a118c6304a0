import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConfigOf, type dataSettings, serviceCommand } from '@dossier/config';
import type { OpenedSeeds } from '@dossier/seed-format';
import {
  type FolderState,
  formatDigest,
  mountedDigests,
  seedDigests,
  seedsSize,
  verificationDigest,
} from '@dossier/seed-format/sources';
import {
  type BuildResult,
  cleanUp,
  createStoreFolder,
  currentRevision,
  identityOf,
  inspectStore,
  type LockOptions,
  lockStores,
  needsBuild,
  PartsFile,
  StoreError,
  type StoreIdentity,
  tryLockStore,
} from '@dossier/store';
import { type BuildOptions, buildStores, verifySeeds } from './buildStores.js';
import { changeStores } from './changeStores.js';
import { partsFile, partsKey } from './knownParts.js';
import type { Plan, SeedableDefinition } from './plan.js';
import { checkOptions, type SeedSources, withWords } from './seedSources.js';

/** The flags of every command that builds stores. */
export const SEED_OPTIONS = { '--without-words': 'do not index the words of mounted texts, as with INDEX_WORDS=off' };

/** The sources of stores according to the settings and, of a command that builds stores, its flags. */
export const seedSources = (
  {
    SEEDS_DIR: seedsDir,
    DOCUMENTS_DIR: documentsDir,
    INDEX_WORDS: words,
    SEED_THREADS: threads,
  }: Pick<ConfigOf<typeof dataSettings>, 'SEEDS_DIR' | 'DOCUMENTS_DIR' | 'INDEX_WORDS' | 'SEED_THREADS'>,
  { withoutWords = false }: Record<string, boolean> = {},
): SeedSources & Pick<SeedingOptions, 'threads'> => ({
  seedsDir,
  documentsDir,
  indexWords: words === 'on' && !withoutWords,
  threads,
});

export interface SeedingOptions extends SeedSources, LockOptions {
  dataDir: string;
  /** Whether to verify passages even if all stores are up to date, unless seeds and texts have not changed since; false by default. */
  verifiesAlways?: boolean;
  /** Whether to rebuild stores that are up to date; false by default. */
  force?: boolean;
  /** Opens the seeds; by default, all of `seedsDir` are read and checked. */
  open?: () => OpenedSeeds | Promise<OpenedSeeds>;
  /** Number of threads that read seeds to build stores from scratch; null: chosen by the machine and the size of the seeds. */
  threads?: number | null;
  /** Called after each folder of seeds. */
  onProgress?: (progress: SeedingProgress) => void;
}

export interface SeedingProgress {
  /** Number of statements that have been read and checked. */
  statements: number;
  /** Share of the seeds that has been read, by size, from 0 to 1. */
  fraction: number;
}

export interface Seeded {
  service: string;
  file: string;
  revision: string;
  result: BuildResult;
}

export const storeFile = (dataDir: string, service: string): string => join(dataDir, `${service}.sqlite`);

/** The identity of the store that would be built from these seeds and texts. Throws a DocumentsError if the texts cannot be read. */
export const expectedIdentity = (definition: SeedableDefinition, sources: SeedSources): StoreIdentity =>
  identityFrom(definition, digestsOf([definition], sources));

interface SourceDigests {
  seeds: string;
  folders: ReadonlyMap<string, FolderState>;
  /** Digests of the texts to index. */
  texts: string[];
  /** Whether the texts were read: `texts` has all that are mounted. */
  hasTexts: boolean;
}

/** The digests of the sources. Texts are only read for services that index their words. */
function digestsOf(
  definitions: readonly SeedableDefinition[],
  { seedsDir, documentsDir, indexWords = true }: SeedSources,
): SourceDigests {
  const needsTexts = indexWords && definitions.some((definition) => definition.indexesWords);
  const { all, folders } = seedDigests(seedsDir);
  return {
    seeds: all,
    folders,
    texts: needsTexts ? mountedDigests(documentsDir, seedsDir) : [],
    hasTexts: needsTexts,
  };
}

const identityFrom = (
  { name, migrations, seedCode, indexesWords = false }: SeedableDefinition,
  { seeds, texts }: SourceDigests,
): StoreIdentity => identityOf(name, { seeds, migrations, code: [seedCode], texts: indexesWords ? texts : [] });

/**
 * Builds the stores that are missing, damaged or were built from other seeds. Seeds are read and checked folder by folder, once
 * for all stores, because they may not fit into memory. If there is any problem, no store is built; rejects with a SeedError or
 * StoreError. If another process builds one of them, waits for it.
 */
export async function seedStores(definitions: SeedableDefinition[], options: SeedingOptions): Promise<Seeded[]> {
  const { dataDir, documentsDir, verifiesAlways = false, force = false } = options;
  const digests = digestsOf(definitions, options);
  const plans = definitions.map((definition): Plan => {
    const identity = identityFrom(definition, digests);
    const file = storeFile(dataDir, definition.name);
    const { migrations } = definition;
    return { definition, identity, file, migrations, current: currentRevision(file, definition.name, migrations) };
  });
  const stale = force ? plans : await selectStale(plans);
  const parts = partsFile(dataDir, definitions);
  for (const plan of plans) if (!stale.includes(plan)) cleanUp(plan.file);
  if (stale.length === 0) cleanUpParts(parts, plans);
  const verification = documentsDir ? verificationOf(digests, options) : null;
  const built = new Set<Plan>();
  if (stale.length > 0) {
    for (const { file } of stale) createStoreFolder(file);
    const locks = await lockStores(
      stale.map(({ file }) => file),
      options,
    );
    try {
      // Another process may have built them in the meantime.
      const left = force ? stale : await selectStale(stale);
      if (left.length < plans.length) PartsFile.cleanUp(parts);
      if (left.length > 0) await buildAgain(left, { ...options, digests, parts, areAll: left.length === plans.length });
      for (const plan of left) built.add(plan);
    } finally {
      locks.release();
    }
  }
  if (verification !== null) {
    // The stores may have been built without the texts. What was verified before is the same while nothing of it has changed.
    if (verifiesAlways && built.size === 0 && !isVerified(dataDir, verification))
      await verifySeeds({ ...options, onRead: progressOf(options) });
    if (verifiesAlways || built.size > 0) recordVerification(dataDir, verification);
  }
  return plans.map((plan) => ({
    service: plan.definition.name,
    file: plan.file,
    revision: plan.identity.revision,
    result: !built.has(plan) ? 'unchanged' : plan.current === null ? 'built' : 'rebuilt',
  }));
}

/** Removes what a killed process left of what is known of stores, unless another process builds them: it has the lock of each. */
function cleanUpParts(parts: string, [first]: readonly Plan[]): void {
  if (!first || !PartsFile.hasLeftovers(parts)) return;
  try {
    const lock = tryLockStore(first.file);
    if (!lock) return;
    PartsFile.cleanUp(parts);
    lock.release();
  } catch (error) {
    // In a folder that cannot be written, they do no harm.
    if (!(error instanceof StoreError)) throw error;
  }
}

/** Written to the folder of the stores after all passages were verified. Without it, they are verified again. */
const verificationFile = (dataDir: string): string => join(dataDir, '.verified');

/** What a verification depends on. It is computed before the seeds are read, so that a change in the meantime is noticed later. */
const verificationOf = ({ seeds, texts, hasTexts }: SourceDigests, { seedsDir, documentsDir }: SeedSources): string =>
  verificationDigest(seeds, hasTexts ? texts : mountedDigests(documentsDir, seedsDir));

function isVerified(dataDir: string, verification: string): boolean {
  try {
    return readFileSync(verificationFile(dataDir), 'utf8') === verification;
  } catch {
    return false;
  }
}

function recordVerification(dataDir: string, verification: string): void {
  if (isVerified(dataDir, verification)) return;
  try {
    // A file that is only half written differs, like one that is missing.
    writeFileSync(verificationFile(dataDir), verification);
  } catch {
    // A folder that cannot be written only costs the time of another verification.
  }
}

async function selectStale(plans: readonly Plan[]): Promise<Plan[]> {
  const stale: Plan[] = [];
  for (const plan of plans) if (await needsBuild(plan)) stale.push(plan);
  return stale;
}

/**
 * Builds stores: from those in place, as far as they are known to have been built from the same code and texts, else from scratch. The
 * result is the same. What is known of them is in the file `parts`, which is written unless only some of the stores are built.
 */
async function buildAgain(
  plans: Plan[],
  {
    digests,
    parts: file,
    areAll,
    ...options
  }: SeedingOptions & { digests: SourceDigests; parts: string; areAll: boolean },
): Promise<void> {
  const builtWith = builtWithDigest(plans, digests, options);
  const files = plans.map((plan) => plan.file);
  const save = (parts: PartsFile) => {
    const saved = partsKey(builtWith, files);
    if (saved !== null) parts.save(saved);
  };
  const onRead = progressOf(options);
  const { folders } = digests;
  const key = partsKey(builtWith, files);
  const known = areAll && !options.force && !options.open && key !== null ? PartsFile.open(file, key) : null;
  if (known) {
    try {
      const { openSeeds } = await import('@dossier/seed-format');
      const { problems, index } = openSeeds(options.seedsDir, checkOptions(options));
      const isChanged =
        problems.length === 0 &&
        withoutSqlErrors(() =>
          changeStores({
            plans,
            parts: known,
            folders,
            index,
            prepare: (part) => withWords(part, options),
            onRead,
          }),
        );
      if (isChanged) {
        save(known);
        return;
      }
    } finally {
      known.close();
    }
  }
  const parts = PartsFile.create(file);
  try {
    await buildStores(plans, { ...options, folders, onRead }, parts);
    if (areAll) save(parts);
  } finally {
    parts.close();
  }
}

/**
 * Whether stores were changed; false if SQLite rejected a row. Two folders may exchange what is unique, which only a store that is built from
 * scratch can have in any order.
 */
function withoutSqlErrors(change: () => boolean): boolean {
  try {
    return change();
  } catch (error) {
    if (String((error as NodeJS.ErrnoException).code).startsWith('SQLITE_CONSTRAINT')) return false;
    throw error;
  }
}

/** Identifies everything that rows follow from except the seeds: the code, the tables and the mounted texts. */
const builtWithDigest = (
  plans: readonly Plan[],
  { texts, hasTexts }: SourceDigests,
  { documentsDir, seedsDir, indexWords = true }: SeedSources,
): string => {
  const hash = createHash('sha256').update(`${formatDigest()} ${indexWords}`);
  for (const { definition } of plans)
    hash.update(identityFrom(definition, { seeds: '', folders: new Map(), texts: [], hasTexts: false }).revision);
  for (const text of documentsDir ? (hasTexts ? texts : mountedDigests(documentsDir, seedsDir)) : []) hash.update(text);
  return hash.digest('hex');
};

/** Reports the progress of reading folders. */
function progressOf({ seedsDir, onProgress }: SeedingOptions): BuildOptions['onRead'] {
  const total = onProgress ? seedsSize(seedsDir) : 0;
  let [statements, sizeRead] = [0, 0];
  return (folder) => {
    statements += folder.statements;
    sizeRead += folder.size;
    onProgress?.({ statements, fraction: Math.min(1, sizeRead / total) });
  };
}

/**
 * The revisions of a store that is up to date: with the words of the mounted texts, or without any words, as `seed --without-words`
 * builds it.
 */
export const currentRevisions = (definition: SeedableDefinition, sources: SeedSources): string[] =>
  revisionsFrom(definition, digestsOf([definition], { ...sources, indexWords: true }));

const revisionsFrom = (definition: SeedableDefinition, digests: SourceDigests): string[] =>
  (definition.indexesWords && digests.texts.length > 0 ? [digests.texts, []] : [[]]).map(
    (texts) => identityFrom(definition, { ...digests, texts }).revision,
  );

/** Throws a StoreError if a store was not built from the current seeds. Without seeds, any compatible store is accepted. */
export function rejectStaleStores(
  definitions: SeedableDefinition[],
  { dataDir, ...sources }: SeedSources & { dataDir: string },
): void {
  const hasSeeds = existsSync(sources.seedsDir);
  // Seeds and texts are read once for all stores.
  let digests: SourceDigests | undefined;
  for (const definition of definitions) {
    const file = storeFile(dataDir, definition.name);
    const { revision } = inspectStore(file, definition.name, definition.migrations);
    if (!hasSeeds) continue;
    digests ??= digestsOf(definitions, { ...sources, indexWords: true });
    const accepted = revisionsFrom(definition, digests);
    if (!accepted.includes(revision)) {
      throw new StoreError(
        'OLDER',
        `${file} was built from other seeds or texts, or by another version (revision ${revision}, expected ${accepted[0]}); run "${serviceCommand(definition.name, 'seed')}" to rebuild it, or set STALE_STORE=serve.`,
      );
    }
  }
}

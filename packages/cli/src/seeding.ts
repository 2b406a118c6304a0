import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ConfigOf, type dataSettings, serviceCommand } from '@dossier/config';
import type { OpenedSeeds } from '@dossier/seed-format';
import {
  formatProblem,
  mountedDigests,
  type Problem,
  seedsDigest,
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
  type StoreBuild,
  StoreError,
  type StoreIdentity,
  startStoreBuild,
} from '@dossier/store';
import type { SubgraphDefinition } from '@dossier/subgraph-server';

/** What stores are built from. */
export interface SeedSources {
  seedsDir: string;
  /** Folder with the texts of documents, to verify every passage before a store is built; null or absent: passages are not verified. */
  documentsDir?: string | null;
  /** Whether the words of mounted texts are indexed; true by default. */
  indexWords?: boolean;
}

/** The flags of every command that builds stores. */
export const SEED_OPTIONS = { '--without-words': 'do not index the words of mounted texts, as with INDEX_WORDS=off' };

/** The sources of stores according to the settings and, of a command that builds stores, its flags. */
export const seedSources = (
  {
    SEEDS_DIR: seedsDir,
    DOCUMENTS_DIR: documentsDir,
    INDEX_WORDS: words,
  }: Pick<ConfigOf<typeof dataSettings>, 'SEEDS_DIR' | 'DOCUMENTS_DIR' | 'INDEX_WORDS'>,
  { withoutWords = false }: Record<string, boolean> = {},
): SeedSources => ({ seedsDir, documentsDir, indexWords: words === 'on' && !withoutWords });

export interface SeedingOptions extends SeedSources, LockOptions {
  dataDir: string;
  /** Whether to verify passages even if all stores are up to date, unless seeds and texts have not changed since; false by default. */
  verifiesAlways?: boolean;
  /** Whether to rebuild stores that are up to date; false by default. */
  force?: boolean;
  /** Opens the seeds; by default, all of `seedsDir` are read and checked. */
  open?: () => OpenedSeeds | Promise<OpenedSeeds>;
  /** Called after each folder of seeds. */
  onProgress?: (progress: SeedingProgress) => void;
}

export interface SeedingProgress {
  /** Number of statements that have been read and checked. */
  statements: number;
  /** Share of the seeds that has been read, by size, from 0 to 1. */
  fraction: number;
}

const MAX_LISTED_PROBLEMS = 50;

/** Invalid seeds. The message lists the first problems with their files and lines, and counts the others. Exit status 2. */
export class SeedError extends Error {
  constructor(problems: Problem[]) {
    const others = problems.length - MAX_LISTED_PROBLEMS;
    super(
      [
        'The seeds are invalid, so no store was built:',
        ...problems.slice(0, MAX_LISTED_PROBLEMS).map(formatProblem),
        ...(others > 0 ? [`${others} more; "npm run seeds -- check" lists all problems.`] : []),
      ].join('\n'),
    );
    this.name = 'SeedError';
  }
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
  return {
    seeds: seedsDigest(seedsDir),
    texts: needsTexts ? mountedDigests(documentsDir, seedsDir) : [],
    hasTexts: needsTexts,
  };
}

const identityFrom = (
  { name, migrations, seedCode, indexesWords = false }: SeedableDefinition,
  { seeds, texts }: SourceDigests,
): StoreIdentity => identityOf(name, { seeds, migrations, code: [seedCode], texts: indexesWords ? texts : [] });

export type SeedableDefinition = Pick<
  SubgraphDefinition<object>,
  'name' | 'migrations' | 'seedCode' | 'seed' | 'finishSeed' | 'indexesWords'
>;

/**
 * Builds the stores that are missing, damaged or were built from other seeds. Seeds are read and checked folder by folder, once
 * for all stores, because they may not fit into memory. If there is any problem, no store is built; rejects with a SeedError or
 * StoreError. If another process builds one of them, waits for it.
 */
export async function seedStores(definitions: SeedableDefinition[], options: SeedingOptions): Promise<Seeded[]> {
  const { dataDir, documentsDir, verifiesAlways = false, force = false, onProgress = () => {} } = options;
  const digests = digestsOf(definitions, options);
  const plans = definitions.map((definition): Plan => {
    const identity = identityFrom(definition, digests);
    const file = storeFile(dataDir, definition.name);
    const { migrations } = definition;
    return { definition, identity, file, migrations, current: currentRevision(file, definition.name, migrations) };
  });
  const stale = force ? plans : await selectStale(plans);
  for (const plan of plans) if (!stale.includes(plan)) cleanUp(plan.file);
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
      if (left.length > 0) await build(left, options, onProgress);
      for (const plan of left) built.add(plan);
    } finally {
      locks.release();
    }
  }
  if (verification !== null) {
    // The stores may have been built without the texts. What was verified before is the same while nothing of it has changed.
    if (verifiesAlways && built.size === 0 && !isVerified(dataDir, verification)) await build([], options, onProgress);
    if (verifiesAlways || built.size > 0) recordVerification(dataDir, verification);
  }
  return plans.map((plan) => ({
    service: plan.definition.name,
    file: plan.file,
    revision: plan.identity.revision,
    result: !built.has(plan) ? 'unchanged' : plan.current === null ? 'built' : 'rebuilt',
  }));
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

interface Plan {
  definition: SeedableDefinition;
  identity: StoreIdentity;
  file: string;
  migrations: URL;
  /** The revision of the store that is in place; see `currentRevision`. */
  current: string | null;
}

// A mounted text is compared with every passage that is cited from it. A text with the digest of none of the documents is not an
// error here: it only hides excerpts. `npm run seeds -- check` reports it.
async function build(
  plans: Plan[],
  { seedsDir, documentsDir, indexWords = true, open }: SeedSources & Pick<SeedingOptions, 'open'>,
  onProgress: (progress: SeedingProgress) => void,
): Promise<void> {
  const { openSeeds } = await import('@dossier/seed-format');
  const opened = await (open?.() ??
    openSeeds(seedsDir, { ...(documentsDir && { documentsDir }), ignoreMismatches: true }));
  const problems = [...opened.problems];
  const total = seedsSize(seedsDir);
  const builds: { definition: SeedableDefinition; build: StoreBuild }[] = [];
  try {
    for (const { definition, identity, file } of plans)
      builds.push({ definition, build: startStoreBuild({ file, identity, migrations: definition.migrations }) });
    let statements = 0;
    let sizeRead = 0;
    for (const part of opened.parts()) {
      problems.push(...part.problems);
      // After a problem, the rest is only read to report all problems.
      if (problems.length === 0)
        for (const { definition, build } of builds)
          build.write(() => definition.seed(build.db, indexWords ? part : { ...part, textOf: () => null }));
      statements += part.seeds.statements.length;
      sizeRead += part.size;
      onProgress({ statements, fraction: Math.min(1, sizeRead / total) });
    }
    if (problems.length > 0) throw new SeedError(problems);
    for (const { definition, build } of builds) {
      build.write(() => definition.finishSeed?.(build.db));
      build.finish();
    }
  } finally {
    for (const { build } of builds) build.discard();
  }
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

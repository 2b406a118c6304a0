import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '@dossier/config';
import { formatProblem, openSeeds, seedsDigest, seedsSize } from '@dossier/seed-format';
import {
  type BuildResult,
  currentRevision,
  identityOf,
  inspectStore,
  type StoreBuild,
  StoreError,
  type StoreIdentity,
  startStoreBuild,
} from '@dossier/store';
import type { SubgraphDefinition } from '@dossier/subgraph-server';
import { describeSystemError, temporaryFolderProblem, user, writableProblem } from './environment.js';

export interface SeedingOptions {
  seedsDir: string;
  dataDir: string;
  /** Whether to rebuild stores that are up to date; false by default. */
  force?: boolean;
  /** Called after each folder of seeds. */
  onProgress?: (progress: SeedingProgress) => void;
}

export interface SeedingProgress {
  /** Number of statements that have been read and checked. */
  statements: number;
  /** Share of the seeds that has been read, by size, from 0 to 1. */
  fraction: number;
}

/** Invalid seeds. The message lists each problem with its file and line. Exit status 2. */
export class SeedError extends Error {
  constructor(problems: string[]) {
    super(`The seeds are invalid, so no store was built:\n${problems.join('\n')}`);
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

/** The identity of the store that would be built from these seeds. */
export function expectedIdentity(
  definition: SeedableDefinition,
  seedsDir: string,
  seeds: string = seedsDigest(seedsDir),
): StoreIdentity {
  return identityOf(definition.name, { seeds, migrations: definition.migrations, code: [definition.seedCode] });
}

export type SeedableDefinition = Pick<
  SubgraphDefinition<object>,
  'name' | 'migrations' | 'seedCode' | 'seed' | 'finishSeed'
>;

/**
 * Builds the stores that are missing or were built from other seeds. Seeds are read and checked folder by folder, once for all
 * stores, because they may not fit into memory. If there is any problem, no store is built; throws a SeedError or StoreError.
 */
export function seedStores(
  definitions: SeedableDefinition[],
  { seedsDir, dataDir, force = false, onProgress = () => {} }: SeedingOptions,
): Seeded[] {
  const digest = seedsDigest(seedsDir);
  const plans = definitions.map((definition) => {
    const identity = expectedIdentity(definition, seedsDir, digest);
    const file = storeFile(dataDir, definition.name);
    return { definition, identity, file, current: currentRevision(file, definition.name, definition.migrations) };
  });
  const stale = plans.filter(({ current, identity }) => force || current !== identity.revision);
  if (stale.length > 0) {
    prepareFolders(dataDir);
    try {
      build(stale, seedsDir, onProgress);
    } catch (error) {
      throw describeBuildError(error, dataDir);
    }
  }
  return plans.map((plan) => ({
    service: plan.definition.name,
    file: plan.file,
    revision: plan.identity.revision,
    result: !stale.includes(plan) ? 'unchanged' : plan.current === null ? 'built' : 'rebuilt',
  }));
}

/** Creates the folder of the stores. Throws a ConfigError if files cannot be created in it, or nowhere temporarily. */
function prepareFolders(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch (error) {
    throw new ConfigError([`DATA_DIR="${dataDir}": ${describeSystemError(error, {}) ?? (error as Error).message}`]);
  }
  const problems = [writableProblem('DATA_DIR', dataDir), temporaryFolderProblem()].filter(
    (problem) => problem !== null,
  );
  if (problems.length > 0) throw new ConfigError(problems);
}

/** A failure of the disk as a ConfigError that says what to do; other errors as they are. */
function describeBuildError(error: unknown, dataDir: string): unknown {
  const codes: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    codes.push(String((cause as NodeJS.ErrnoException).code));
    // SQLite rolls back by itself if it cannot write, and then rejects a second rollback, whose error hides the first.
    if (/no transaction is active/.test(cause.message)) codes.push('SQLITE_FULL');
  }
  const code = codes.find((found) => /^(ENOSPC|EDQUOT|SQLITE_(FULL|IOERR|CANTOPEN|READONLY))/.test(found));
  if (code === undefined) return error;
  return new ConfigError([
    /ENOSPC|EDQUOT|FULL/.test(code)
      ? `DATA_DIR="${dataDir}": the disk is full (${code}); free some space there or in the folder for temporary files, and seed again.`
      : `DATA_DIR="${dataDir}": the disk could not be written (${code}); check the disk and the rights of ${user()}, and seed again.`,
  ]);
}

interface Plan {
  definition: SeedableDefinition;
  identity: StoreIdentity;
  file: string;
}

// Texts of documents are not checked here: an invalid text only hides its excerpts. `npm run seeds -- check` compares them.
function build(plans: Plan[], seedsDir: string, onProgress: (progress: SeedingProgress) => void): void {
  const opened = openSeeds(seedsDir);
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
      if (problems.length === 0) for (const { definition, build } of builds) definition.seed(build.db, part);
      statements += part.seeds.statements.length;
      sizeRead += part.size;
      onProgress({ statements, fraction: Math.min(1, sizeRead / total) });
    }
    if (problems.length > 0) throw new SeedError(problems.map(formatProblem));
    for (const { definition, build } of builds) {
      definition.finishSeed?.(build.db);
      build.finish();
    }
  } finally {
    for (const { build } of builds) build.discard();
  }
}

/** Throws a StoreError if a store was not built from the current seeds. Without seeds, any compatible store is accepted. */
export function rejectStaleStores(definitions: SeedableDefinition[], { seedsDir, dataDir }: SeedingOptions): void {
  for (const definition of definitions) {
    const file = storeFile(dataDir, definition.name);
    const { revision } = inspectStore(file, definition.name, definition.migrations);
    const expected = existsSync(seedsDir) ? expectedIdentity(definition, seedsDir).revision : revision;
    if (revision !== expected) {
      throw new StoreError(
        'OLDER',
        `${file} was built from older seeds or by another version (revision ${revision}, expected ${expected}); run "npm run seed" to rebuild it, or set STALE_STORE=serve.`,
      );
    }
  }
}

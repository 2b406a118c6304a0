import { existsSync } from 'node:fs';
import { join } from 'node:path';
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

export interface SeedingOptions {
  seedsDir: string;
  dataDir: string;
  force?: boolean;
  /** Told after each folder of seeds. */
  onProgress?: (progress: SeedingProgress) => void;
}

/** How far seeding is. */
export interface SeedingProgress {
  /** Statements whose folders were read and checked. */
  statements: number;
  /** The part of the seeds that was read, by size, from 0 to 1. */
  done: number;
}

/** Seeds that do not pass the check. The message lists every problem with its file and line. */
export class SeedError extends Error {
  constructor(problems: string[]) {
    super(`The seeds were refused, nothing was built:\n${problems.join('\n')}`);
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

/** What a service's store would be, built now from these seeds. */
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
 * Builds the stores that are missing or of other seeds; the rest stay as they are. Seeds are read and checked folder by
 * folder, once for all stores: there may be more of them than fit into memory. If anything is wrong, nothing is built.
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
  if (stale.length > 0) build(stale, seedsDir, onProgress);
  return plans.map((plan) => ({
    service: plan.definition.name,
    file: plan.file,
    revision: plan.identity.revision,
    result: !stale.includes(plan) ? 'unchanged' : plan.current === null ? 'built' : 'rebuilt',
  }));
}

interface Plan {
  definition: SeedableDefinition;
  identity: StoreIdentity;
  file: string;
}

// Without the texts: a wrong one withholds its excerpts, and no more. `npm run seeds -- check` holds seeds against texts.
function build(plans: Plan[], seedsDir: string, onProgress: (progress: SeedingProgress) => void): void {
  const opened = openSeeds(seedsDir);
  const problems = [...opened.problems];
  const total = seedsSize(seedsDir);
  const builds: { definition: SeedableDefinition; build: StoreBuild }[] = [];
  try {
    for (const { definition, identity, file } of plans)
      builds.push({ definition, build: startStoreBuild({ file, identity, migrations: definition.migrations }) });
    let statements = 0;
    let done = 0;
    for (const part of opened.parts()) {
      problems.push(...part.problems);
      // The rest is read for what else is wrong.
      if (problems.length === 0) for (const { definition, build } of builds) definition.seed(build.db, part);
      statements += part.seeds.statements.length;
      done += part.size;
      onProgress({ statements, done: Math.min(1, done / total) });
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

/** Throws a StoreError where a store was not built from the seeds at hand. Where there are none, any that this program can read will do. */
export function refuseStale(definitions: SeedableDefinition[], { seedsDir, dataDir }: SeedingOptions): void {
  for (const definition of definitions) {
    const file = storeFile(dataDir, definition.name);
    const { revision } = inspectStore(file, definition.name, definition.migrations);
    const expected = existsSync(seedsDir) ? expectedIdentity(definition, seedsDir).revision : revision;
    if (revision !== expected) {
      throw new StoreError(
        'OLDER',
        `${file} is of older seeds, or was built by another version (revision ${revision}, expected ${expected}); run "npm run seed" to build it anew, or set STALE_STORE=serve.`,
      );
    }
  }
}

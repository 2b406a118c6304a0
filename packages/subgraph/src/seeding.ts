import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblem, readSeeds, seedsDigest } from '@dossier/seeds-format';
import { type BuildResult, buildStore, currentRevision, identityOf, inspectStore, StoreError, type StoreIdentity } from '@dossier/store';
import type { SubgraphDefinition } from './subgraph.js';

export interface SeedingOptions {
  seedsDir: string;
  dataDir: string;
  force?: boolean;
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
export function expectedIdentity(definition: SeedableDefinition, seedsDir: string): StoreIdentity {
  return identityOf(definition.name, { seeds: seedsDigest(seedsDir), migrations: definition.migrations, code: [definition.seedCode] });
}

export type SeedableDefinition = Pick<SubgraphDefinition<object>, 'name' | 'migrations' | 'seedCode' | 'seed'>;

/** Builds the stores that are missing or of other seeds; the rest stay as they are. The seeds are checked first, and only if one is needed. */
export function seedStores(definitions: SeedableDefinition[], { seedsDir, dataDir, force = false }: SeedingOptions): Seeded[] {
  const plans = definitions.map((definition) => {
    const identity = expectedIdentity(definition, seedsDir);
    const file = storeFile(dataDir, definition.name);
    return { definition, identity, file, isCurrent: currentRevision(file, definition.name, definition.migrations) === identity.revision };
  });
  const seeds = force || plans.some((plan) => !plan.isCurrent) ? checkedSeeds(seedsDir) : null;
  return plans.map(({ definition, identity, file }) => ({
    service: definition.name,
    file,
    revision: identity.revision,
    result: seeds ? buildStore({ file, identity, migrations: definition.migrations, force, fill: (db) => definition.seed(db, seeds) }) : 'unchanged',
  }));
}

// Without the texts: a wrong one withholds its excerpts, and no more. `npm run seeds -- check` holds seeds against texts.
function checkedSeeds(seedsDir: string) {
  const { seeds, problems } = readSeeds(seedsDir);
  if (!seeds || problems.length > 0) throw new SeedError(problems.map(formatProblem));
  return seeds;
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

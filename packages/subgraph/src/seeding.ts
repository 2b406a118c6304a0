import { join } from 'node:path';
import { formatProblem, readSeeds, seedsDigest } from '@dossier/seeds-format';
import { type BuildResult, buildStore, currentRevision, identityOf, type StoreIdentity } from '@dossier/store';
import type { SubgraphDefinition } from './subgraph.js';

export interface SeedingOptions {
  seedsDir: string;
  dataDir: string;
  documentsDir?: string | null;
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
export function seedStores(definitions: SeedableDefinition[], { seedsDir, dataDir, documentsDir, force = false }: SeedingOptions): Seeded[] {
  const plans = definitions.map((definition) => {
    const identity = expectedIdentity(definition, seedsDir);
    const file = storeFile(dataDir, definition.name);
    return { definition, identity, file, isCurrent: currentRevision(file, definition.name) === identity.revision };
  });
  const seeds = force || plans.some((plan) => !plan.isCurrent) ? checkedSeeds(seedsDir, documentsDir) : null;
  return plans.map(({ definition, identity, file }) => ({
    service: definition.name,
    file,
    revision: identity.revision,
    result: seeds ? buildStore({ file, identity, migrations: definition.migrations, force, fill: (db) => definition.seed(db, seeds) }) : 'unchanged',
  }));
}

function checkedSeeds(seedsDir: string, documentsDir: string | null | undefined) {
  const { seeds, problems } = readSeeds(seedsDir, documentsDir ? { documentsDir } : {});
  if (!seeds || problems.length > 0) throw new SeedError(problems.map(formatProblem));
  return seeds;
}

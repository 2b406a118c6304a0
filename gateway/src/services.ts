import * as actors from '@dossier/actors';
import {
  notes,
  type SeedableDefinition,
  type Seeded,
  type SeedingOptions,
  seedStores,
  withProgress,
} from '@dossier/cli';
import * as sanctions from '@dossier/sanctions';
import * as statements from '@dossier/statements';
import * as trade from '@dossier/trade';

/** The services that the whole graph in one process consists of. */
export const services = { actors, statements, sanctions, trade };

/** The definitions of the four services. */
export const definitions: SeedableDefinition[] = Object.values(services).map(({ definition }) => definition);

/** Builds the stores that are missing, damaged or out of date. */
export const seedAll = (options: SeedingOptions): Promise<Seeded[]> =>
  withProgress((onProgress) => seedStores(definitions, { ...notes, ...options, onProgress }));

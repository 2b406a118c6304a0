import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as actors from '@dossier/actors';
import * as sanctions from '@dossier/sanctions';
import * as statements from '@dossier/statements';
import { buildStore, identityOf } from '@dossier/store';
import { storeFile } from '@dossier/subgraph';
import * as trade from '@dossier/trade';
import { benchSeeds } from './data.mjs';

export const SERVICES = { actors, statements, sanctions, trade };

/** Builds stores of a size by the services' own seeding, where they are not there yet. Gives their folder, and rows and seconds of each that was built. */
export function benchStores(size) {
  const dataDir = join(tmpdir(), `dossier-bench-${size}`);
  mkdirSync(dataDir, { recursive: true });
  const built = [];
  let seeds;
  for (const [name, { definition }] of Object.entries(SERVICES)) {
    const identity = identityOf(name, { seeds: `bench ${size} 1`, migrations: definition.migrations, code: [definition.seedCode, new URL('./data.mjs', import.meta.url)] });
    const file = storeFile(dataDir, name);
    const begun = performance.now();
    const fill = (db) => {
      seeds ??= benchSeeds(size);
      definition.seed(db, seeds);
    };
    if (buildStore({ file, identity, migrations: definition.migrations, fill }) !== 'unchanged') built.push({ name, seconds: (performance.now() - begun) / 1000 });
  }
  return { dataDir, built };
}

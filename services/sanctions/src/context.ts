import type { Store } from '@dossier/store';
import { createLoaders, knownEntities } from '@dossier/subgraph';
import { designationsSource } from './data/designations.js';
import { instrumentsSource } from './data/instruments.js';
import { linksSource } from './data/links.js';
import { provisionsSource } from './data/provisions.js';
import { regimesSource } from './data/regimes.js';

/** What a request carries: the data sources, on loaders of its own. */
export function createContext({ db }: Store) {
  const designations = designationsSource(db);
  const instruments = instrumentsSource(db);
  const known = knownEntities(db);
  const links = linksSource(db);
  const provisions = provisionsSource(db);
  const regimes = regimesSource(db);
  return () => {
    const loaders = createLoaders();
    return {
      designations: designations(loaders),
      instruments: instruments(loaders),
      known: known(loaders),
      links: links(loaders),
      provisions: provisions(loaders),
      regimes: regimes(loaders),
    };
  };
}

export type Context = ReturnType<ReturnType<typeof createContext>>;

import type { Store } from '@dossier/store';
import { createLoaders, knownEntities } from '@dossier/subgraph';
import { commoditiesSource } from './data/commodities.js';
import { figuresSource } from './data/figures.js';

/** What a request carries: the data sources, on loaders of its own. */
export function createContext({ db }: Store) {
  const commodities = commoditiesSource(db);
  const figures = figuresSource(db);
  const known = knownEntities(db);
  return () => {
    const loaders = createLoaders();
    return { commodities: commodities(loaders), figures: figures(loaders), known: known(loaders) };
  };
}

export type Context = ReturnType<ReturnType<typeof createContext>>;

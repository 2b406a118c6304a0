import type { Store } from '@dossier/store';
import { contextFactory, knownEntities } from '@dossier/subgraph-server';
import { commoditiesSource } from './data/commodities.js';
import { figuresSource } from './data/figures.js';

/** Returns a function that creates the context of a request: its data sources. */
export const createContext = ({ db }: Store) =>
  contextFactory({
    commodities: commoditiesSource(db),
    figures: figuresSource(db),
    known: knownEntities(db),
  });

export type Context = ReturnType<ReturnType<typeof createContext>>;

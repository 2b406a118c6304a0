import type { Store } from '@dossier/store';
import { contextFactory, knownEntities } from '@dossier/subgraph-server';
import { designationsSource } from './data/designations.js';
import { instrumentsSource } from './data/instruments.js';
import { linksSource } from './data/links.js';
import { provisionsSource } from './data/provisions.js';
import { regimesSource } from './data/regimes.js';

/** Returns a function that creates the context of a request: its data sources. */
export const createContext = ({ db }: Store) =>
  contextFactory({
    designations: designationsSource(db),
    instruments: instrumentsSource(db),
    known: knownEntities(db),
    links: linksSource(db),
    provisions: provisionsSource(db),
    regimes: regimesSource(db),
  });

export type Context = ReturnType<ReturnType<typeof createContext>>;

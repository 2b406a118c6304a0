import type { Store } from '@dossier/store';
import { createLoaders, knownEntities, type SubgraphOptions } from '@dossier/subgraph';
import { documentsSource } from './data/documents.js';
import { mentionsSource } from './data/mentions.js';
import { quotationsSource } from './data/quotations.js';
import { readingsSource } from './data/readings.js';
import { statementsSource } from './data/statements.js';

/** What a request carries: the data sources, on loaders of its own. */
export function createContext({ db }: Store, { documentsDir }: SubgraphOptions) {
  const documents = documentsSource(db, documentsDir);
  const known = knownEntities(db);
  const mentions = mentionsSource(db);
  const quotations = quotationsSource(db);
  const readings = readingsSource(db);
  const statements = statementsSource(db);
  return () => {
    const loaders = createLoaders();
    return {
      documents: documents(loaders),
      known: known(loaders),
      mentions: mentions(loaders),
      quotations: quotations(loaders),
      readings: readings(loaders),
      statements: statements(loaders),
    };
  };
}

export type Context = ReturnType<ReturnType<typeof createContext>>;

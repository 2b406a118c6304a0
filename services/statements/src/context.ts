import type { Store } from '@dossier/store';
import { contextFactory, knownEntities, type SubgraphOptions } from '@dossier/subgraph-server';
import { documentsSource } from './data/documents.js';
import { mentionsSource } from './data/mentions.js';
import { quotationsSource } from './data/quotations.js';
import { readingsSource } from './data/readings.js';
import { statementsSource } from './data/statements.js';

/** Returns a function that creates the context of a request: its data sources. */
export const createContext = ({ db }: Store, { documentsDir, onUnusableText }: SubgraphOptions) =>
  contextFactory({
    documents: documentsSource(db, documentsDir, onUnusableText),
    known: knownEntities(db),
    mentions: mentionsSource(db),
    quotations: quotationsSource(db),
    readings: readingsSource(db),
    statements: statementsSource(db),
  });

export type Context = ReturnType<ReturnType<typeof createContext>>;

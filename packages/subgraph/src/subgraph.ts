import { buildSubgraphSchema } from '@apollo/subgraph';
import type { Seeds } from '@dossier/seeds-format';
import { type OpenOptions, openStore, type Store, type StoreDb } from '@dossier/store';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { createExecutor, type Executable } from './executor.js';

// Resolvers differ in every parent, argument and result; the schema checks what they return.
// biome-ignore lint/suspicious/noExplicitAny: the one place where resolvers meet the schema
export type Resolvers = Record<string, any>;

/** A service as the rest of the project sees it. Defining one starts nothing. */
export interface SubgraphDefinition<Context extends object> {
  name: string;
  /** Its own SDL and the value types that all share. */
  typeDefs: DocumentNode[];
  resolvers: Resolvers;
  migrations: URL;
  /** The module that turns seeds into rows: a store built by another is stale. */
  seedCode: URL;
  seed: (db: StoreDb, seeds: Seeds) => void;
  /** What a request carries, made anew for each. */
  createContext: (store: Store, options: SubgraphOptions) => () => Context;
}

export interface SubgraphOptions extends OpenOptions {
  /** The service's store. */
  file: string;
  /** Folder with the texts of documents. */
  documentsDir?: string | null;
}

/** A service on an open store, ready to answer. */
export interface Subgraph {
  name: string;
  schema: GraphQLSchema;
  /** A document of it, ready to be run. */
  executable: (source: string, document?: DocumentNode, operationName?: string) => Executable;
  revision: string;
  /** When its store was built. */
  builtAt: Date;
  createContext: () => object;
  close: () => void;
}

/** Opens the store and builds the schema. Throws a StoreError where the store cannot be served. */
export function openSubgraph<Context extends object>(definition: SubgraphDefinition<Context>, options: SubgraphOptions): Subgraph {
  const store = openStore(options.file, definition.name, options);
  const [first, ...rest] = definition.typeDefs.map((typeDefs) => ({ typeDefs }));
  const schema = buildSubgraphSchema([{ ...first, resolvers: definition.resolvers } as { typeDefs: DocumentNode; resolvers: Resolvers }, ...rest]);
  return {
    name: definition.name,
    schema,
    executable: createExecutor(schema),
    revision: store.revision,
    builtAt: store.builtAt,
    createContext: definition.createContext(store, options),
    close: () => store.close(),
  };
}

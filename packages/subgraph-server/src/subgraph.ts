import { buildSubgraphSchema } from '@apollo/subgraph';
import type { SeedPart } from '@dossier/seed-format';
import { checkStore, type OpenOptions, openStore, type Store, type StoreDb } from '@dossier/store';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { createExecutor, type Executable } from './executor.js';
import { resolveEntities } from './resolveEntities.js';
import { StoreHandle } from './storeHandle.js';
import type { ReadLimits } from './storeReads.js';
import { fileKey } from './watchFile.js';

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
  /** Rows of one folder of seeds; folders come in order of their names. */
  seed: (db: StoreDb, part: SeedPart) => void;
  /** Rows that only all folders together tell, after the last of them. */
  finishSeed?: (db: StoreDb) => void;
  /** What a request carries, made anew for each. */
  createContext: (store: Store, options: SubgraphOptions) => (limits?: ReadLimits) => Context;
}

export interface SubgraphOptions extends OpenOptions {
  /** The service's store. */
  file: string;
  /** Folder with the texts of documents. */
  documentsDir?: string | null;
  /** Entities that one request may ask for by their keys; without it, any number. */
  maxEntities?: number;
}

/** A service on an open store, ready to answer. */
export interface Subgraph {
  name: string;
  schema: GraphQLSchema;
  /** A document of a gateway in the same process, ready to be run. */
  executable: (source: string) => Executable;
  /** The store it answers from now. */
  readonly serving: StoreHandle;
  /** Of the store it answers from now. */
  readonly revision: string;
  /** When that store was built. */
  readonly builtAt: Date;
  createContext: () => object;
  /** Where its store is. */
  file: string;
  /**
   * Answers from the file that is in place now, once it was read and found whole: requests under way are finished on the
   * one before. Rejects with a StoreError where it cannot be served, and then nothing changes.
   */
  reload: () => Promise<void>;
  close: () => void;
}

/** Opens the store and builds the schema. Throws a StoreError where the store cannot be served. */
export function openSubgraph<Context extends object>(
  definition: SubgraphDefinition<Context>,
  options: SubgraphOptions,
): Subgraph {
  const { name, typeDefs, resolvers, migrations } = definition;
  const open = (): StoreHandle => {
    const key = fileKey(options.file);
    const store = openStore(options.file, name, { migrations, ...options });
    try {
      return new StoreHandle(store, key, definition.createContext(store, options));
    } catch (error) {
      store.close();
      throw error;
    }
  };
  let serving = open();
  const [first, ...rest] = typeDefs.map((document) => ({ typeDefs: document }));
  const schema = buildSubgraphSchema([
    { ...first, resolvers } as { typeDefs: DocumentNode; resolvers: Resolvers },
    ...rest,
  ]);
  resolveEntities(schema, options.maxEntities ?? Number.POSITIVE_INFINITY);
  return {
    name,
    schema,
    executable: createExecutor(schema),
    file: options.file,
    get serving() {
      return serving;
    },
    get revision() {
      return serving.revision;
    },
    get builtAt() {
      return serving.builtAt;
    },
    createContext: () => serving.createContext(),
    reload: async () => {
      await checkStore(options.file, name, migrations);
      const before = serving;
      serving = open();
      before.retire();
    },
    close: () => serving.retire(),
  };
}

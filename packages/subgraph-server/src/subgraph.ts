import { buildSubgraphSchema } from '@apollo/subgraph';
import type { SeedPart } from '@dossier/seed-format';
import {
  checkStore,
  type IdInKey,
  type OpenOptions,
  openStore,
  type ReadLimits,
  readFailure,
  repairOf,
  type Sql,
  type Store,
  type StoreDb,
  StoreError,
  type TextIndex,
} from '@dossier/store';
import type { AnySQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { createExecutor, type Executable } from './executor.js';
import { resolveEntities } from './resolveEntities.js';
import { StoreHandle } from './storeHandle.js';
import { fileKey, isSameFile, type WatchOptions, watchFile } from './watchFile.js';

// Parents, arguments and results differ per resolver; execution validates the results against the schema.
// biome-ignore lint/suspicious/noExplicitAny: resolver maps have no common type
export type Resolvers = Record<string, any>;

/**
 * Inserts the rows of one seed folder. Rows of tables whose row ids are in order of the text have `firstRow` and the following ids: one for
 * each statement and paragraph at most.
 */
type SeedRows = (db: StoreDb, part: SeedPart, firstRow: number) => void;

/**
 * Inserts rows that follow from records of several folders, for instance all that documents say of an actor. All of them are inserted
 * again if one of these records changes.
 */
export interface SharedSeeding {
  /** The sections that it reads. */
  sections: readonly (keyof SeedPart['seeds'])[];
  /** The names of its tables and full-text indexes. Nothing else writes them. */
  tables: readonly string[];
  /** Called for each folder, sorted by name. `find` finds records of these sections. */
  seed: (db: StoreDb, part: Pick<SeedPart, 'seeds' | 'find'>) => void;
  /** Called after the last folder. */
  finish: (db: StoreDb) => void;
}

/** The definition of a service. It has no side effects: `openSubgraph` opens the store. */
export interface SubgraphDefinition<Context extends object> {
  name: string;
  /** The service's SDL and the value types that all services share. */
  typeDefs: DocumentNode[];
  resolvers: Resolvers;
  migrations: URL;
  /** The tables of its store, to publish it to PostgreSQL. */
  tables: readonly SQLiteTable[];
  /** Full-text indexes of its store. */
  textIndexes?: readonly TextIndex[];
  /** Columns by which requests read the rows of several values, few for each value: PostgreSQL has a hash index of each. */
  lookedUpBy?: readonly AnySQLiteColumn[];
  /** Ids in keys, by which a distributed database places rows. */
  idsInKeys?: readonly IdInKey[];
  /** Queries that its data sources run when a store is opened; see `readAtOpen`. */
  readAtOpen?: readonly Sql[];
  /**
   * The module that turns seeds into rows, which exports `seed` and `finishRows` under these names if there are any. Its content is part of the
   * store's revision.
   */
  seedCode: URL;
  /**
   * Inserts the rows that follow from one seed folder and the records that it refers to; called for each folder, sorted by name. It must not read
   * the store: another thread may insert its rows.
   */
  seed?: SeedRows;
  /** Inserts rows that `seed` has kept until the last folder was read. */
  finishRows?: (db: StoreDb) => void;
  /** Deletes the rows of tables without row ids that `finishRows` inserted for rows of a table with row ids in a range. */
  beforeRemoval?: { table: SQLiteTable; remove: (db: StoreDb, first: number, last: number) => void };
  /** Rows that follow from several folders. */
  shared?: SharedSeeding;
  /** Tables with rows about a record of another folder, which several folders may insert, and the column with its id. */
  aboutOthers?: readonly { table: SQLiteTable; id: AnySQLiteColumn }[];
  /** Whether its store has the words of mounted texts, whose digests then are part of the store's revision; false by default. */
  indexesWords?: boolean;
  /** Returns a function that creates the context of a request. */
  createContext: (store: Store, options: SubgraphOptions) => (limits?: ReadLimits) => Context;
}

export interface SubgraphOptions extends Omit<OpenOptions, 'onReadFailure'> {
  /** Path of the service's store. */
  file: string;
  /** Folder with the texts of documents; null or undefined if none is mounted. */
  documentsDir?: string | null;
  /** How long a replaced store stays open after its last use, in milliseconds, since a request may read it again; 0 by default. */
  replacedStoreMs?: number;
  /** Maximum number of representations per request; unlimited if left out. */
  maxEntities?: number;
  /** Called for each text in `documentsDir` that belongs to a document but cannot be used, with a reason for operators. */
  onUnusableText?: (reason: string) => void;
  /** Called once for a store that turns out to be damaged while it is in use, with a reason for operators. */
  onDamage?: (reason: string) => void;
}

/** A service with an open store. */
export interface Subgraph {
  name: string;
  schema: GraphQLSchema;
  /** Compiles a document of a gateway in the same process. */
  executable: (source: string) => Executable;
  /** The store in use. */
  readonly storeHandle: StoreHandle;
  /** The open store with a revision: the one in use, or one that it replaced. Undefined if there is none. */
  storeHandleOf: (revision: string) => StoreHandle | undefined;
  /** Revision of the store in use. */
  readonly revision: string;
  /** When the store in use was built. */
  readonly builtAt: Date;
  createContext: () => object;
  /** Path of the store; null if it is not a file. */
  file: string | null;
  /**
   * Checks the file that is in place now and switches to it; requests in flight finish on the previous store. Rejects with a
   * StoreError if the file cannot be served, and then keeps the previous store. A file that this process has just built need not be checked again.
   */
  reload: (options?: { isChecked?: boolean }) => Promise<void>;
  /** Switches to another store whenever there is one; by default, if its file is replaced. */
  watch?: (options: WatchOptions) => { stop: () => void };
  close: () => void;
}

const UNVERIFIED = { verification: 'unverified' } as const;

/** Opens the store and builds the schema. Throws a StoreError if the store cannot be served. */
export function openSubgraph<Context extends object>(
  definition: SubgraphDefinition<Context>,
  options: SubgraphOptions,
): Subgraph {
  const { name, migrations } = definition;
  const damageOf = (reason: string) => `${options.file} is damaged (${reason}). ${repairOf(name)}`;
  const open = (): StoreHandle => {
    const key = fileKey(options.file);
    let handle: StoreHandle | undefined;
    const onReadFailure = (reason: string) => handle?.damaged(damageOf(reason));
    const store = openStore(options.file, name, { migrations, ...options, onReadFailure });
    try {
      handle = new StoreHandle(store, key, definition.createContext(store, options), options.onDamage);
      return handle;
    } catch (error) {
      store.close();
      const reason = readFailure(error);
      if (reason === null) throw error;
      throw new StoreError('DAMAGED', damageOf(reason));
    }
  };
  let current = open();
  /** Previous stores, which requests in progress may still read. */
  let replaced: StoreHandle[] = [];
  return {
    ...schemaOf(definition, options.maxEntities),
    file: options.file,
    get storeHandle() {
      return current;
    },
    storeHandleOf: (revision) => openHandle([current, ...replaced], revision),
    get revision() {
      return current.revision;
    },
    get builtAt() {
      return current.builtAt;
    },
    createContext: () => current.createContext(),
    reload: async ({ isChecked = false } = {}) => {
      const { verification } = isChecked
        ? UNVERIFIED
        : await checkStore(options.file, name, migrations).catch((error: Error) => {
            // Something wrote to the file in use, instead of replacing it.
            if (isSameFile(options.file, current.fileKey)) current.damaged(error.message);
            throw error;
          });
      const previous = current;
      current = open();
      current.verified(verification);
      replaced = [...replaced.filter(({ isClosed }) => !isClosed), previous];
      previous.retire(options.replacedStoreMs);
    },
    close: () => {
      for (const handle of [...replaced, current]) handle.retire();
    },
  };
}

/** The first handle with a revision whose store is not closed. */
export const openHandle = (handles: readonly StoreHandle[], revision: string): StoreHandle | undefined =>
  handles.find((handle) => handle.revision === revision && !handle.isClosed);

/** The schema of a service, and how documents of a gateway are executed on it. */
export function schemaOf<Context extends object>(
  { name, typeDefs, resolvers }: SubgraphDefinition<Context>,
  maxEntities = Number.POSITIVE_INFINITY,
): Pick<Subgraph, 'name' | 'schema' | 'executable'> {
  const [first, ...rest] = typeDefs.map((document) => ({ typeDefs: document }));
  const schema = buildSubgraphSchema([
    { ...first, resolvers } as { typeDefs: DocumentNode; resolvers: Resolvers },
    ...rest,
  ]);
  resolveEntities(schema, maxEntities);
  return { name, schema, executable: createExecutor(schema) };
}

/** Reloads a subgraph's store whenever it is replaced. */
export function watchStore(subgraph: Subgraph, options: WatchOptions): { stop: () => void } {
  const { name, file, storeHandle } = subgraph;
  if (subgraph.watch) return subgraph.watch(options);
  if (file === null) return { stop: () => {} };
  return watchFile(
    {
      what: name,
      file,
      initialKey: storeHandle.fileKey,
      reload: async () => {
        await subgraph.reload();
        return { revision: subgraph.revision };
      },
    },
    options,
  );
}

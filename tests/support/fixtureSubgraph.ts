import { buildSubgraphSchema } from '@apollo/subgraph';
import { createExecutor, type Resolvers, type StoreHandle, type Subgraph } from '@dossier/subgraph-server';
import { type DocumentNode, parse } from 'graphql';

/** A subgraph with fixed values instead of a store. */
export function fixtureSubgraph(name: string, sdl: string, resolvers: Resolvers, revision = 'fixture'): Subgraph {
  const schema = buildSubgraphSchema([
    { typeDefs: parse(sdl), resolvers } as { typeDefs: DocumentNode; resolvers: Resolvers },
  ]);
  const createContext = () => ({});
  const store = { revision, builtAt: new Date(0) };
  const handle = {
    ...store,
    fileKey: '',
    createContext,
    isClosed: false,
    use: async (work: (context: object) => unknown, context = {}) => work(context),
    retire: () => {},
  };
  const storeHandle = handle as unknown as StoreHandle;
  return {
    name,
    schema,
    executable: createExecutor(schema),
    ...store,
    storeHandle,
    storeHandleOf: (wanted) => (wanted === revision ? storeHandle : undefined),
    file: '',
    createContext,
    reload: async () => {},
    close: () => {},
  };
}

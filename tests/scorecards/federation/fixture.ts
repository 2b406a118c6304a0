import { buildSubgraphSchema } from '@apollo/subgraph';
import { createExecutor, type Resolvers, type StoreHandle, type Subgraph } from '@dossier/subgraph-server';
import { type DocumentNode, parse } from 'graphql';

/** A subgraph with fixed values on our server, without a store. */
export function fixtureSubgraph(name: string, sdl: string, resolvers: Resolvers): Subgraph {
  const schema = buildSubgraphSchema([
    { typeDefs: parse(sdl), resolvers } as { typeDefs: DocumentNode; resolvers: Resolvers },
  ]);
  const createContext = () => ({});
  const store = { revision: 'fixture', builtAt: new Date(0) };
  const storeHandle = {
    ...store,
    fileKey: '',
    createContext,
    isClosed: false,
    use: async (work: (context: object) => unknown, context = {}) => work(context),
    retire: () => {},
  };
  return {
    name,
    schema,
    executable: createExecutor(schema),
    ...store,
    storeHandle: storeHandle as unknown as StoreHandle,
    file: '',
    createContext,
    reload: async () => {},
    close: () => {},
  };
}

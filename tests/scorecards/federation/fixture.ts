import { buildSubgraphSchema } from '@apollo/subgraph';
import { createExecutor, type Resolvers, type Subgraph } from '@dossier/subgraph';
import { type DocumentNode, parse } from 'graphql';

/** A subgraph of fixed values on our server: everything of ours but the store. */
export function fixtureSubgraph(name: string, sdl: string, resolvers: Resolvers): Subgraph {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers } as { typeDefs: DocumentNode; resolvers: Resolvers }]);
  return { name, schema, executable: createExecutor(schema), revision: 'fixture', createContext: () => ({}), close: () => {} };
}

import type { ApolloServerPlugin } from '@apollo/server';
import { scalarResolvers } from '@dossier/domain';
import { type GraphQLSchema, isScalarType } from 'graphql';

/** Lets the gateway check values of the scalars that all subgraphs share: what they would reject is rejected before any of them is called. */
export function checkScalars(apiSchema: GraphQLSchema): void {
  for (const [name, { parseValue, parseLiteral }] of Object.entries(scalarResolvers)) {
    const type = apiSchema.getType(name);
    if (isScalarType(type)) Object.assign(type, { parseValue, parseLiteral });
  }
}

/** The same for a schema that Apollo Server loads. */
export const checkScalarsPlugin: ApolloServerPlugin = {
  async serverWillStart() {
    return { schemaDidLoadOrUpdate: ({ apiSchema }) => checkScalars(apiSchema) };
  },
};

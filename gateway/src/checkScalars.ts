import type { ApolloServerPlugin } from '@apollo/server';
import { scalarResolvers } from '@dossier/provenance';
import { isScalarType } from 'graphql';

/** Lets the gateway check values of the scalars that all subgraphs share: what they would refuse is refused before any of them is asked. */
export const checkScalars: ApolloServerPlugin = {
  async serverWillStart() {
    return {
      schemaDidLoadOrUpdate: ({ apiSchema }) => {
        for (const [name, { parseValue, parseLiteral }] of Object.entries(scalarResolvers)) {
          const type = apiSchema.getType(name);
          if (isScalarType(type)) Object.assign(type, { parseValue, parseLiteral });
        }
      },
    };
  },
};

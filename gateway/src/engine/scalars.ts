import { scalarResolvers } from '@dossier/domain';
import type { ScalarValidators } from '@dossier/execution';
import { type GraphQLSchema, isScalarType } from 'graphql';

/** Default of VALIDATED_SCALARS: the custom scalars that the gateway knows, which are those that all subgraphs share. */
export const DEFAULT_VALIDATED_SCALARS: readonly string[] = Object.keys(scalarResolvers);

/**
 * Makes the API schema validate input values of the known scalars, so that invalid ones are rejected before any subgraph is called.
 * A supergraph schema has no scalar implementations of its own.
 */
export function validateScalarInput(apiSchema: GraphQLSchema): void {
  for (const [name, { parseValue, parseLiteral }] of Object.entries(scalarResolvers)) {
    const type = apiSchema.getType(name);
    if (isScalarType(type)) Object.assign(type, { parseValue, parseLiteral });
  }
}

const knownScalars = new Map(Object.entries(scalarResolvers));

/**
 * Validators of values in subgraph responses, by scalar. For a scalar that the gateway does not know, any value is valid except an
 * object or a list.
 */
export const scalarValidators = (names: readonly string[] = DEFAULT_VALIDATED_SCALARS): ScalarValidators =>
  new Map(
    names.map((name) => {
      const scalar = knownScalars.get(name);
      return [
        name,
        (value: unknown) => typeof value !== 'object' && (!scalar || isAccepted(() => scalar.parseValue(value))),
      ];
    }),
  );

function isAccepted(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
}

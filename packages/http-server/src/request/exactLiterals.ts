import { isExactNumber } from '@dossier/graphql';
import { GraphQLError, getNamedType, type IntValueNode, isSpecifiedScalarType, type ValidationRule } from 'graphql';

/**
 * Rejects integer literals of custom scalars that a JavaScript number cannot represent: graphql-js would round them. `Int`
 * has a smaller range, `Float` is rounded by its specification, and `ID` keeps the text of a literal.
 */
export const exactLiterals: ValidationRule = (context) => ({
  IntValue: (node: IntValueNode) => {
    // A literal within an object or a list of a custom scalar has no type of its own.
    const type = getNamedType(context.getInputType());
    if ((type && isSpecifiedScalarType(type)) || isExactNumber(node.value)) return;
    context.reportError(
      new GraphQLError(
        `The number ${node.value.slice(0, 40)} would be rounded; expected an integer up to 2^53 or a string.`,
        {
          nodes: node,
        },
      ),
    );
  },
});

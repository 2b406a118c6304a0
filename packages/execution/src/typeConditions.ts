import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';

/**
 * Whether a type condition applies to a type: it is the same type, or an interface or union that has it.
 * GraphQL specification, 6.3.2 DoesFragmentTypeApply: https://spec.graphql.org/October2021/#DoesFragmentTypeApply()
 */
export type IsOfType = (typename: string, condition: string) => boolean;

/** Type conditions of a schema; the result for each pair of types is cached. */
export function typeConditions(schema: GraphQLSchema): IsOfType {
  const cache = new Map<string, Map<string, boolean>>();
  const applies = (typename: string, condition: string): boolean => {
    const [type, conditionType] = [schema.getType(typename), schema.getType(condition)];
    return (
      isAbstractType(conditionType) &&
      (isObjectType(type) || isInterfaceType(type)) &&
      schema.isSubType(conditionType, type)
    );
  };
  return (typename, condition) => {
    if (typename === condition) return true;
    let conditions = cache.get(typename);
    if (!conditions) {
      conditions = new Map();
      // Unknown names come from subgraphs and are not bounded, so they are not cached.
      if (schema.getType(typename)) cache.set(typename, conditions);
    }
    let result = conditions.get(condition);
    if (result === undefined) {
      result = applies(typename, condition);
      conditions.set(condition, result);
    }
    return result;
  };
}

import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';

/** Whether a type is another or belongs to it. */
export type IsOfType = (typename: string, condition: string) => boolean;

/** Answers from the composed graph, remembering each pair. */
export function typeConditions(schema: GraphQLSchema): IsOfType {
  const known = new Map<string, Map<string, boolean>>();
  const decide = (typename: string, condition: string): boolean => {
    const [type, wanted] = [schema.getType(typename), schema.getType(condition)];
    return isAbstractType(wanted) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type);
  };
  return (typename, condition) => {
    if (typename === condition) return true;
    let conditions = known.get(typename);
    if (!conditions) {
      conditions = new Map();
      // A name that the graph does not hold came from a subgraph: it is not remembered.
      if (schema.getType(typename)) known.set(typename, conditions);
    }
    let holds = conditions.get(condition);
    if (holds === undefined) {
      holds = decide(typename, condition);
      conditions.set(condition, holds);
    }
    return holds;
  };
}

import { type GraphQLSchema, isInterfaceType } from 'graphql';
import { argumentOf, directivesNamed, subgraphsOf } from './joinDirectives.js';

const NONE: ReadonlySet<string> = new Set();

/**
 * The interfaces that a subgraph defines as object types (`@interfaceObject`). The subgraph returns their name as
 * `__typename`.
 */
export function interfaceObjectsOf(supergraph: GraphQLSchema): (service: string) => ReadonlySet<string> {
  const nameOf = new Map(subgraphsOf(supergraph).map(({ graph, name }) => [graph, name]));
  const byService = new Map<string, Set<string>>();
  for (const type of Object.values(supergraph.getTypeMap()).filter(isInterfaceType)) {
    for (const join of directivesNamed(type.astNode?.directives, 'join__type')) {
      if (argumentOf(join, 'isInterfaceObject') !== true) continue;
      const service = nameOf.get(String(argumentOf(join, 'graph'))) ?? '';
      byService.set(service, (byService.get(service) ?? new Set()).add(type.name));
    }
  }
  return (service) => byService.get(service) ?? NONE;
}

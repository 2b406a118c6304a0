import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type DirectiveNode,
  type GraphQLSchema,
  isEnumType,
} from 'graphql';

type Directive = DirectiveNode | ConstDirectiveNode;

/** The literal of a directive's argument; undefined if it is not given. */
export const literalOf = (directive: Directive | undefined, argument: string): ConstValueNode | undefined =>
  directive?.arguments?.find(({ name }) => name.value === argument)?.value as ConstValueNode | undefined;

/** The value of a directive's scalar or enum argument; undefined if it is not given. */
export function argumentOf(directive: Directive | undefined, argument: string): string | boolean | undefined {
  const value = literalOf(directive, argument);
  return value && 'value' in value ? value.value : undefined;
}

/** A string or enum argument of a directive; undefined if it is not given. */
export function stringArgumentOf(directive: Directive | undefined, argument: string): string | undefined {
  const value = argumentOf(directive, argument);
  return typeof value === 'string' ? value : undefined;
}

export const directivesNamed = <Node extends Directive>(
  directives: readonly Node[] | undefined,
  name: string,
): Node[] => (directives ?? []).filter((directive) => directive.name.value === name);

interface Subgraph {
  /** Its value of the enum `join__Graph`, by which the other join directives refer to it. */
  graph: string;
  name: string;
  /** Empty if the supergraph has none. */
  url: string;
}

/** The subgraphs of a supergraph. */
export function subgraphsOf(supergraph: GraphQLSchema): Subgraph[] {
  const graphs = supergraph.getType('join__Graph');
  if (!isEnumType(graphs)) return [];
  return graphs.getValues().map(({ name: graph, astNode }) => {
    const [join] = directivesNamed(astNode?.directives, 'join__graph');
    return { graph, name: stringArgumentOf(join, 'name') ?? graph, url: stringArgumentOf(join, 'url') ?? '' };
  });
}

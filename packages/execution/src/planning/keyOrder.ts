import { type ConstDirectiveNode, Kind, type ObjectTypeDefinitionNode, parse, print, visit } from 'graphql';

/**
 * Puts the keys of each type that a subgraph resolves before those that it only declares. To come back to a subgraph with a
 * required field, the planner takes the first key, whether or not the subgraph resolves it.
 */
export function resolvableKeysFirst(supergraphSdl: string): string {
  if (!/\bresolvable: false\b/.test(supergraphSdl)) return supergraphSdl;
  const sorted = <Definition extends { readonly directives?: readonly ConstDirectiveNode[] | undefined }>(
    definition: Definition,
  ): Definition => ({
    ...definition,
    directives: [...(definition.directives ?? [])].sort(
      (one, other) => Number(isUnresolvable(one)) - Number(isUnresolvable(other)),
    ),
  });
  return print(
    visit(parse(supergraphSdl, { noLocation: true }), {
      ObjectTypeDefinition: (node: ObjectTypeDefinitionNode) => sorted(node),
      InterfaceTypeDefinition: sorted,
    }),
  );
}

const isUnresolvable = ({ name, arguments: args = [] }: ConstDirectiveNode): boolean =>
  name.value === 'join__type' &&
  args.some(
    (argument) => argument.name.value === 'resolvable' && argument.value.kind === Kind.BOOLEAN && !argument.value.value,
  );

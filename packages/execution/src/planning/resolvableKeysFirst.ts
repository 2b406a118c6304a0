import { type ConstDirectiveNode, Kind, type ObjectTypeDefinitionNode, parse, print, visit } from 'graphql';

/**
 * Works around a defect of the planner: to return to a subgraph with a required field, it uses the first key of the
 * type, even if the subgraph does not resolve it. Sorts resolvable keys before those with `resolvable: false`.
 */
export function resolvableKeysFirst(supergraphSdl: string): string {
  if (!/\bresolvable: false\b/.test(supergraphSdl)) return supergraphSdl;
  const sortKeys = <Definition extends { readonly directives?: readonly ConstDirectiveNode[] | undefined }>(
    definition: Definition,
  ): Definition => ({
    ...definition,
    directives: [...(definition.directives ?? [])].sort(
      (one, other) => Number(isUnresolvable(one)) - Number(isUnresolvable(other)),
    ),
  });
  return print(
    visit(parse(supergraphSdl, { noLocation: true }), {
      ObjectTypeDefinition: (node: ObjectTypeDefinitionNode) => sortKeys(node),
      InterfaceTypeDefinition: sortKeys,
    }),
  );
}

const isUnresolvable = ({ name, arguments: args = [] }: ConstDirectiveNode): boolean =>
  name.value === 'join__type' &&
  args.some(
    (argument) => argument.name.value === 'resolvable' && argument.value.kind === Kind.BOOLEAN && !argument.value.value,
  );

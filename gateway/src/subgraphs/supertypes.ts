import { Kind, parse } from 'graphql';

/** The interfaces and unions that each object type belongs to. */
export type Supertypes = ReadonlyMap<string, ReadonlySet<string>>;

/** Read from the composed graph, so that a type condition of a fetch can be told to hold or not without the subgraph. */
export function supertypesOf(supergraphSdl: string): Supertypes {
  const supertypes = new Map<string, Set<string>>();
  const add = (type: string, supertype: string) =>
    supertypes.set(type, (supertypes.get(type) ?? new Set()).add(supertype));
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION)
      for (const { name } of definition.interfaces ?? []) add(definition.name.value, name.value);
    if (definition.kind === Kind.UNION_TYPE_DEFINITION)
      for (const { name } of definition.types ?? []) add(name.value, definition.name.value);
  }
  return supertypes;
}

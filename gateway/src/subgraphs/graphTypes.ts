import {
  type ScalarValidators,
  type SubgraphResponseShape,
  subgraphResponseShapes,
  subgraphsOf,
} from '@dossier/execution';
import { buildSchema, isScalarType, isSpecifiedScalarType, Kind, parse } from 'graphql';

/** The interfaces and unions that each object type belongs to. */
export type Supertypes = ReadonlyMap<string, ReadonlySet<string>>;

/** What data sources need to know about the supergraph in use. */
export interface GraphTypes {
  /** Names of the subgraphs. */
  subgraphs: readonly string[];
  /** Names of the custom scalars. */
  scalars: readonly string[];
  supertypes: Supertypes;
  /** The expected shape of a subgraph's response to a fetch. */
  shapeOf: (service: string, query: string, variables: Record<string, unknown>) => SubgraphResponseShape;
}

/** Reads the types of a supergraph. `validators` validate the values of scalars; any other custom scalar may be any JSON. */
export const graphTypes = (supergraphSdl: string, validators: ScalarValidators = new Map()): GraphTypes => {
  // Composition has validated it.
  const supergraph = buildSchema(supergraphSdl, { assumeValid: true, assumeValidSDL: true });
  const scalars = Object.values(supergraph.getTypeMap()).filter(
    (type) => isScalarType(type) && !isSpecifiedScalarType(type) && !type.name.includes('__'),
  );
  return {
    scalars: scalars.map(({ name }) => name),
    subgraphs: subgraphsOf(supergraph).map(({ name }) => name),
    supertypes: supertypesOf(supergraphSdl),
    shapeOf: subgraphResponseShapes(supergraph, validators),
  };
};

/** Reads the supertypes of each object type, which decide whether a fragment's type condition applies. */
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

import {
  type ScalarValidators,
  type SubgraphResponseShape,
  subgraphResponseShapes,
  subgraphsOf,
} from '@dossier/execution';
import { buildSchema, isScalarType, isSpecifiedScalarType } from 'graphql';
import { type Supertypes, supertypesOf } from './supertypes.js';

/** What data sources know of the composed graph as it is run now. */
export interface GraphTypes {
  /** Names of the subgraphs. */
  subgraphs: readonly string[];
  /** Names of the custom scalars. */
  scalars: readonly string[];
  supertypes: Supertypes;
  /** What an answer to a fetch from a subgraph may look like. */
  shapeOf: (service: string, query: string, variables: Record<string, unknown>) => SubgraphResponseShape;
}

/** `validators` are those of scalars whose values are validated; any other custom scalar may be any JSON. */
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

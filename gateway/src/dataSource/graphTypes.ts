import { type AnswerShape, answerShapes, type ScalarValidators } from '@dossier/execution';
import { buildSchema } from 'graphql';
import { type Supertypes, supertypesOf } from './supertypes.js';

/** What data sources know of the composed graph as it is run now. */
export interface GraphTypes {
  supertypes: Supertypes;
  /** What an answer to a fetch from a subgraph may look like. */
  shapeOf: (service: string, query: string, variables: Record<string, unknown>) => AnswerShape;
}

/** `validators` are those of scalars whose values are validated; any other custom scalar may be any JSON. */
export const graphTypes = (supergraphSdl: string, validators: ScalarValidators = new Map()): GraphTypes => ({
  supertypes: supertypesOf(supergraphSdl),
  // Composition has validated it.
  shapeOf: answerShapes(buildSchema(supergraphSdl, { assumeValid: true, assumeValidSDL: true }), validators),
});

import { type AnswerShape, answerShapes } from '@dossier/execution';
import { buildSchema } from 'graphql';
import { type Supertypes, supertypesOf } from './supertypes.js';

/** What data sources know of the composed graph as it is run now. */
export interface GraphTypes {
  supertypes: Supertypes;
  /** What an answer to a fetch from a subgraph may look like. */
  shapeOf: (service: string, query: string, variables: Record<string, unknown>) => AnswerShape;
}

export const graphTypes = (supergraphSdl: string): GraphTypes => ({
  supertypes: supertypesOf(supergraphSdl),
  // Composition has validated it.
  shapeOf: answerShapes(buildSchema(supergraphSdl, { assumeValid: true, assumeValidSDL: true })),
});

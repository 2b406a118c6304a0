import { scalarResolvers } from '@dossier/domain';
import { type Resolvers, typeById } from '@dossier/subgraph-server';
import { actorTypes, Event, Place } from './Actor.js';
import { Citation, Mention } from './Citation.js';
import { Document, Paragraph } from './Document.js';
import { Query } from './Query.js';
import { Quotation } from './Quotation.js';
import { Caution, Tension, Work } from './Reading.js';
import { Attribution, Hedge, RelayHop, StatedNumber, Statement, StatementRelation } from './Statement.js';

/** The map of the service: each type and where its fields are resolved. */
export const resolvers: Resolvers = {
  ...scalarResolvers,
  Query,
  Node: typeById,
  Sourced: typeById,
  ...actorTypes,
  Place,
  Event,
  Document,
  Paragraph,
  Citation,
  Mention,
  Statement,
  Attribution,
  RelayHop,
  Hedge,
  StatementRelation,
  StatedNumber,
  Quotation,
  Tension,
  Caution,
  Work,
};

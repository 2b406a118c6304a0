import { scalarResolvers } from '@dossier/domain';
import { type ServiceResolvers, typeById } from '@dossier/subgraph-server';
import type { Context } from '../context.js';
import type { Resolvers, ResolversParentTypes } from '../generated/schema.js';
import { actorTypes, Event, Place } from './Actor.js';
import { Citation, Mention } from './Citation.js';
import { Document, Paragraph, QuotationVerification } from './Document.js';
import { Query } from './Query.js';
import { Quotation } from './Quotation.js';
import { Caution, Tension, Work } from './Reading.js';
import {
  ActorCount,
  DocumentConnection,
  DocumentCount,
  DocumentEdge,
  ParagraphConnection,
  ParagraphEdge,
  StatementConnection,
  StatementEdge,
  StatementFacets,
} from './Search.js';
import { Attribution, Hedge, RelayHop, StatedNumber, Statement, StatementRelation } from './Statement.js';

/** The resolver map: each type and where its fields are resolved. */
export const resolvers: ServiceResolvers<Resolvers<Context>, ResolversParentTypes> = {
  ...scalarResolvers,
  Query,
  Node: typeById,
  Sourced: typeById,
  ...actorTypes,
  Place,
  Event,
  Document,
  DocumentConnection,
  DocumentEdge,
  Paragraph,
  ParagraphConnection,
  ParagraphEdge,
  QuotationVerification,
  Citation,
  Mention,
  Statement,
  StatementConnection,
  StatementEdge,
  StatementFacets,
  ActorCount,
  DocumentCount,
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

import {
  ReaderActorDocument,
  ReaderActorEventsDocument,
  ReaderActorFiguresDocument,
  ReaderActorMentionsDocument,
  ReaderActorStatementsDocument,
  ReaderActorsDocument,
  ReaderDocumentsDocument,
  ReaderDocumentTensionsDocument,
  ReaderEventsDocument,
  ReaderFiguresDocument,
  ReaderFiguresOfDocument,
  ReaderFindActorsDocument,
  ReaderFindPlacesDocument,
  ReaderInstrumentDocument,
  ReaderInstrumentsDocument,
  ReaderListingsDocument,
  ReaderPlaceDocument,
  ReaderPlaceMentionsDocument,
  ReaderProvisionClaimsDocument,
  ReaderProvisionsDocument,
  ReaderQuotationsDocument,
  ReaderReadingsDocument,
  ReaderRegimeClaimsDocument,
  ReaderRegimesDocument,
  ReaderSearchIndexDocument,
  ReaderSidesDocument,
  ReaderStatementDocument,
  ReaderStatementsDocument,
  ReaderTensionDocument,
  ReaderTensionRecordsDocument,
  type SideFragment,
  type StatementRole,
} from '@dossier/client';
import type { ViewName } from '../address.js';
import { isEventStatus } from '../parts/labels.js';
import { documentOf } from '../views/document/documentOf.js';
import { filterOf } from '../views/said/filter.js';
import { dayInAddress } from '../views/sanctions/day.js';
import { comparedIn } from '../views/tensions/comparedIn.js';
import { shownDays } from '../views/timeline/shownDays.js';
import {
  actorColumns,
  assessmentColumns,
  conflictColumns,
  documentColumns,
  eventColumns,
  eventLineColumns,
  figureColumns,
  figureLineColumns,
  instrumentColumns,
  listingColumns,
  mentionColumns,
  nameColumns,
  pitfallColumns,
  provisionColumns,
  quotationColumns,
  regimeColumns,
  roleColumns,
  rolesIn,
  sideColumns,
  statementColumns,
} from './columns.js';
import { type Dataset, dataset, type Params, recordSource, rowsDataset, source } from './dataset.js';
import { factColumns, factsOfActor, factsOfPlace } from './facts.js';
import { ties } from './ties.js';

const idOf = ({ id = '' }: Params): { id: string } => ({ id });

const documents = dataset(
  'documents',
  'dataset.documents',
  source(
    ReaderDocumentsDocument,
    (data) => data.documents,
    ({ words }) => ({ filter: words ? { search: words } : null }),
  ),
  documentColumns,
);

const topics = dataset(
  'topics',
  'dataset.topics',
  recordSource(
    ReaderSearchIndexDocument,
    (data) => (data.topics ?? []).map(({ topic, statementCount }) => ({ id: topic, statementCount })),
    () => ({}),
  ),
  { id: ({ id }) => id, statement_count: ({ statementCount }) => statementCount },
);

const claims = dataset(
  'claims',
  'dataset.claims',
  source(
    ReaderStatementsDocument,
    (data) => data.statements,
    (params) => ({ orderBy: 'TEXT' as const, filter: { document: documentOf(params) } }),
  ),
  statementColumns,
);

const quotations = dataset(
  'quotations',
  'dataset.quotations',
  source(
    ReaderQuotationsDocument,
    (data) => data.document?.quotations,
    (params) => ({ document: documentOf(params) ?? '' }),
  ),
  quotationColumns,
);

const statements = dataset(
  'statements',
  'dataset.statements',
  source(
    ReaderStatementsDocument,
    (data) => data.statements,
    (params) => ({ orderBy: 'TEXT' as const, filter: filterOf(params) }),
  ),
  statementColumns,
);

/** The statement that is shown in full. */
const statement = dataset(
  'statement',
  'dataset.statement',
  recordSource(
    ReaderStatementDocument,
    (data) => (data.statement ? [data.statement] : []),
    ({ statement: id = '' }) => ({ statement: id }),
  ),
  statementColumns,
);

/** The days and the status that the timeline shows. */
const events = dataset(
  'events',
  'dataset.events',
  source(
    ReaderEventsDocument,
    (data) => data.events,
    ({ status }) => ({ filter: { ...shownDays.value, ...(isEventStatus(status) && { status: [status] }) } }),
  ),
  eventColumns,
);

const said = dataset(
  'statements',
  'dataset.said',
  source(
    ReaderStatementsDocument,
    (data) => data.statements,
    () => ({ orderBy: 'SAID_ON' as const, filter: { ...shownDays.value } }),
  ),
  statementColumns,
);

const listings = dataset(
  'listings',
  'dataset.listings',
  source(
    ReaderListingsDocument,
    (data) => data.designations,
    ({ on }) => ({ asOf: dayInAddress(on) }),
  ),
  listingColumns,
);

const allListings = dataset(
  'all-listings',
  'dataset.allListings',
  source(ReaderListingsDocument, (data) => data.designations),
  listingColumns,
);

const regimes = dataset(
  'regimes',
  'dataset.regimes',
  source(ReaderRegimesDocument, (data) => data.regimes),
  regimeColumns,
);

const provisions = dataset(
  'provisions',
  'dataset.provisions',
  source(
    ReaderProvisionsDocument,
    (data) => data.provisions,
    ({ id }) => ({ filter: id?.startsWith('instrument:') ? { instrument: id } : null }),
  ),
  provisionColumns,
);

const assessments = rowsDataset(
  'assessments',
  'dataset.assessments',
  source(ReaderReadingsDocument, (data) => data.provisionLinks),
  (link) => [{ ...link, provision: link.provision?.id ?? null, regime: link.regime.id }],
  assessmentColumns,
);

const assessmentsOfProvision = rowsDataset(
  'assessments',
  'dataset.assessmentsOf',
  source(
    ReaderProvisionClaimsDocument,
    (data) => data.provision?.links,
    ({ provision = '' }) => ({ id: provision }),
  ),
  (link, { provision = null }) => [{ ...link, provision, regime: null }],
  assessmentColumns,
);

const assessmentsOfRegime = rowsDataset(
  'assessments',
  'dataset.assessmentsOf',
  source(
    ReaderRegimeClaimsDocument,
    (data) => data.regime?.links,
    ({ regime = '' }) => ({ id: regime }),
  ),
  (link, { regime = null }) => [{ ...link, provision: null, regime }],
  assessmentColumns,
);

const instrument = dataset(
  'instrument',
  'dataset.instrument',
  recordSource(ReaderInstrumentDocument, (data) => (data.instrument ? [data.instrument] : []), idOf),
  instrumentColumns,
);

const instruments = dataset(
  'instruments',
  'dataset.instruments',
  source(ReaderInstrumentsDocument, (data) => data.instruments),
  instrumentColumns,
);

const figures = dataset(
  'figures',
  'dataset.figures',
  source(ReaderFiguresDocument, (data) => data.tradeFigures),
  figureColumns,
);

const figuresOf = dataset(
  'figures',
  'dataset.figuresOf',
  source(
    ReaderFiguresOfDocument,
    (data) => data.actor?.tradeFigures,
    ({ of = '' }) => ({ id: of }),
  ),
  figureColumns,
);

const actors = dataset(
  'actors',
  'dataset.actors',
  source(ReaderActorsDocument, (data) => data.actors),
  actorColumns,
);

const tensions = rowsDataset(
  'tensions',
  'dataset.tensions',
  source(ReaderTensionRecordsDocument, (data) => data.documents),
  ({ id: document, tensions: found }) => found.map((tension) => ({ ...tension, document })),
  conflictColumns,
);

const cautions = rowsDataset(
  'cautions',
  'dataset.cautions',
  source(ReaderTensionRecordsDocument, (data) => data.documents),
  ({ id: document, cautions: found }) => found.map((caution) => ({ ...caution, document })),
  pitfallColumns,
);

const inDocument = (params: Params) => ({ document: documentOf(params) ?? '' });

const tensionsOf = dataset(
  'tensions',
  'dataset.tensions',
  recordSource(
    ReaderDocumentTensionsDocument,
    ({ document }) => (document?.tensions ?? []).map((tension) => ({ ...tension, document: document?.id ?? '' })),
    inDocument,
  ),
  conflictColumns,
);

const cautionsOf = dataset(
  'cautions',
  'dataset.cautions',
  recordSource(
    ReaderDocumentTensionsDocument,
    ({ document }) => (document?.cautions ?? []).map((caution) => ({ ...caution, document: document?.id ?? '' })),
    inDocument,
  ),
  pitfallColumns,
);

const sidesOfTension = dataset(
  'sides',
  'dataset.sides',
  recordSource(
    ReaderTensionDocument,
    ({ node }) => (node && 'statements' in node ? node.statements : []),
    ({ tension = '' }) => ({ tension }),
  ),
  sideColumns,
);

const compared = dataset(
  'compared',
  'dataset.sides',
  recordSource(
    ReaderSidesDocument,
    (data) => (data.nodes ?? []).filter((node): node is SideFragment => Boolean(node && 'summary' in node)),
    (params) => ({ statements: comparedIn(params) }),
  ),
  sideColumns,
);

const actorFacts = rowsDataset(
  'actor',
  'dataset.actorFacts',
  recordSource(ReaderActorDocument, (data) => (data.actor ? [data.actor] : []), idOf),
  factsOfActor,
  factColumns,
);

/** All roles in which the page of an actor lists statements. */
const ROLES: StatementRole[] = ['SPEAKER', 'IMPUTED_TO', 'SUBJECT', 'ADDRESSEE', 'CARRIER'];

const actorStatements = rowsDataset(
  'actor-statements',
  'dataset.actorStatements',
  source(
    ReaderActorStatementsDocument,
    (data) => data.actor?.statements,
    ({ id = '' }) => ({ id, role: ROLES }),
  ),
  (line, { id = '' }) => [{ ...line, roles: rolesIn(line, id) }],
  roleColumns,
);

const actorEvents = dataset(
  'actor-events',
  'dataset.actorEvents',
  source(ReaderActorEventsDocument, (data) => data.actor?.events, idOf),
  eventLineColumns,
);

const actorFigures = dataset(
  'actor-figures',
  'dataset.actorFigures',
  source(ReaderActorFiguresDocument, (data) => data.actor?.tradeFigures, idOf),
  figureLineColumns,
);

const actorMentions = dataset(
  'actor-mentions',
  'dataset.mentions',
  source(ReaderActorMentionsDocument, (data) => data.actor?.mentions, idOf),
  mentionColumns,
);

const placeFacts = rowsDataset(
  'place',
  'dataset.placeFacts',
  recordSource(
    ReaderPlaceDocument,
    (data) => (data.place ? [data.place] : []),
    ({ id = '' }) => ({ id, first: 0 }),
  ),
  factsOfPlace,
  factColumns,
);

const placeEvents = dataset(
  'place-events',
  'dataset.placeEvents',
  source(ReaderPlaceDocument, (data) => data.place?.events, idOf),
  eventLineColumns,
);

const placeMentions = dataset(
  'place-mentions',
  'dataset.mentions',
  source(ReaderPlaceMentionsDocument, (data) => data.place?.mentions, idOf),
  mentionColumns,
);

const wordsOf = ({ q = '' }: Params): { words: string } => ({ words: q });

const foundStatements = dataset(
  'found-statements',
  'dataset.foundStatements',
  source(
    ReaderStatementsDocument,
    (data) => data.statements,
    ({ q = '' }) => ({ filter: { search: q } }),
  ),
  statementColumns,
);

const foundActors = dataset(
  'found-actors',
  'dataset.foundActors',
  source(ReaderFindActorsDocument, (data) => data.actors, wordsOf),
  nameColumns,
);

const foundPlaces = dataset(
  'found-places',
  'dataset.foundPlaces',
  source(ReaderFindPlacesDocument, (data) => data.places, wordsOf),
  nameColumns,
);

const foundDocuments = dataset(
  'found-documents',
  'dataset.foundDocuments',
  source(
    ReaderDocumentsDocument,
    (data) => data.documents,
    ({ q = '' }) => ({ filter: { search: q } }),
  ),
  documentColumns,
);

/** What each view can be downloaded as, for what its address shows. */
const DATASETS: Record<ViewName, (params: Params) => readonly Dataset[]> = {
  '': () => [documents, topics],
  document: (params) => (documentOf(params) === null ? [] : [claims, quotations, tensionsOf, cautionsOf]),
  documents: () => [documents],
  said: ({ statement: chosen }) => (chosen ? [statement, statements] : [statements]),
  timeline: ({ show, status }) => [
    ...(show === 'statements' ? [] : [events]),
    ...(show === 'events' || isEventStatus(status) ? [] : [said]),
  ],
  sanctions: ({ provision, regime }) => [
    ...(provision ? [assessmentsOfProvision] : []),
    ...(regime ? [assessmentsOfRegime] : []),
    listings,
    allListings,
    provisions,
    regimes,
    assessments,
  ],
  trade: ({ of }) => (of ? [figuresOf] : [figures]),
  network: ({ actor }) => (actor ? [ties] : [actors, statements, figures]),
  tensions: ({ document, tension, compare }) =>
    compare ? [compared] : tension ? [sidesOfTension] : document ? [tensionsOf, cautionsOf] : [tensions, cautions],
  actor: () => [actorFacts, actorStatements, actorEvents, actorFigures, actorMentions],
  search: ({ q, in: kind }) =>
    kind === 'instruments' ? [instruments] : q ? [foundActors, foundPlaces, foundStatements, foundDocuments] : [],
  instrument: () => [instrument, provisions],
  place: () => [placeFacts, placeEvents, placeMentions],
};

export const datasetsOf = (view: ViewName, params: Params): readonly Dataset[] => DATASETS[view](params);

import {
  ReaderActorsDocument,
  ReaderDocumentPickerDocument,
  ReaderEventsDocument,
  ReaderFiguresDocument,
  ReaderListingsDocument,
  ReaderProvisionsDocument,
  ReaderStatementsDocument,
  ReaderTensionDocumentsDocument,
} from '@dossier/client';
import type { ViewName } from '../address.js';
import { filterOf } from '../views/said/filter.js';
import { dayAsked } from '../views/sanctions/day.js';
import { eventColumns, figureColumns, readingColumns, statementColumns } from './columns.js';
import { list } from './csv.js';
import { type Dataset, dataset, rowsDataset, source } from './dataset.js';

const documents = dataset(
  'documents',
  'Documents',
  source(ReaderDocumentPickerDocument, (data) => data.documents),
  {
    id: ({ id }) => id,
    title: ({ title }) => title,
    publisher: ({ publisher }) => publisher?.name,
    publisher_id: ({ publisher }) => publisher?.id,
    published_on: ({ publishedOn }) => publishedOn.edtf,
    published_on_basis: ({ publishedOn }) => publishedOn.basis,
  },
);

const claims = dataset(
  'claims',
  'Claims of the document',
  source(
    ReaderStatementsDocument,
    (data) => data.statements,
    ({ document }) => ({ orderBy: 'TEXT' as const, filter: document ? { document } : null }),
  ),
  statementColumns,
);

const statements = dataset(
  'statements',
  'Statements that match',
  source(
    ReaderStatementsDocument,
    (data) => data.statements,
    (params) => ({ orderBy: 'TEXT' as const, filter: filterOf(params) }),
  ),
  statementColumns,
);

const events = dataset(
  'events',
  'Events',
  source(ReaderEventsDocument, (data) => data.events),
  eventColumns,
);

const listings = dataset(
  'listings',
  'Listings on this day',
  source(
    ReaderListingsDocument,
    (data) => data.designations,
    ({ on }) => ({ asOf: dayAsked(on) }),
  ),
  {
    id: ({ id }) => id,
    actor: ({ actor }) => actor?.name,
    actor_id: ({ actorId }) => actorId?.id,
    regime: ({ regime }) => regime.name,
    regime_id: ({ regime }) => regime.id,
    instrument: ({ instrument }) => instrument?.symbol,
    listed_on: ({ listedOn }) => listedOn,
    delisted_on: ({ delistedOn }) => delistedOn,
    measures: ({ measures }) => list(measures),
    basis: ({ basis }) => basis,
    references: ({ references }) => list(references.map(({ title, url }) => (url ? `${title} <${url}>` : title))),
  },
);

const provisions = dataset(
  'provisions',
  'Provisions',
  source(ReaderProvisionsDocument, (data) => data.provisions),
  {
    id: ({ id }) => id,
    instrument: ({ instrument }) => instrument.symbol,
    instrument_id: ({ instrument }) => instrument.id,
    paragraph: ({ paragraph }) => paragraph,
    paragraph_source: ({ paragraphSource }) => paragraphSource,
    measure: ({ measure }) => measure,
    direction: ({ direction }) => direction,
    summary: ({ summary }) => summary,
    cap: ({ cap }) => cap,
    in_force_from: ({ inForceFrom }) => inForceFrom,
    in_force_until: ({ inForceUntil }) => inForceUntil,
    readings: ({ links }) => links.totalCount,
    basis: ({ basis }) => basis,
  },
);

const readings = rowsDataset(
  'readings',
  'Readings of claims on provisions',
  source(ReaderProvisionsDocument, (data) => data.provisions),
  ({ id, instrument, links }) => links.nodes.map((link) => ({ ...link, provision: id, regime: instrument.regime.id })),
  readingColumns,
);

const figures = dataset(
  'figures',
  'Figures',
  source(ReaderFiguresDocument, (data) => data.tradeFigures),
  figureColumns,
);

const actors = dataset(
  'actors',
  'Actors',
  source(ReaderActorsDocument, (data) => data.actors),
  {
    id: ({ id }) => id,
    name: ({ name }) => name,
    kind: ({ kind }) => kind,
    description: ({ description }) => description,
    affiliations: ({ affiliations }) => list(affiliations.map(({ to }) => to.id)),
    recognised_by: (actor) => ('recognisedBy' in actor ? list(actor.recognisedBy.map(({ by }) => by.id)) : null),
    note: ({ note }) => note,
  },
);

const tensions = rowsDataset(
  'tensions',
  'Tensions',
  source(ReaderTensionDocumentsDocument, (data) => data.documents),
  ({ id: document, title, tensions: found }) => found.map((tension) => ({ ...tension, document, title })),
  {
    id: ({ id }) => id,
    kind: ({ kind }) => kind,
    explanation: ({ explanation }) => explanation,
    statements: ({ statements: sides }) => list(sides.map(({ id }) => id)),
    documents: ({ documents: sides }) => list(sides.map(({ id }) => id)),
    document: ({ document }) => document,
    citations: ({ citations }) => list(citations.map(({ id }) => id)),
  },
);

/** What each view can be downloaded as. */
const DATASETS: Partial<Record<ViewName, readonly Dataset[]>> = {
  '': [documents],
  document: [claims],
  said: [statements],
  timeline: [events],
  sanctions: [listings, provisions, readings],
  trade: [figures],
  network: [actors, statements],
  tensions: [tensions],
};

export const datasetsOf = (view: ViewName): readonly Dataset[] => DATASETS[view] ?? [];

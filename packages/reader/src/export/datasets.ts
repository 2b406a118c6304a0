import {
  ReaderActorsDocument,
  ReaderDocumentsDocument,
  ReaderEventsDocument,
  ReaderFiguresDocument,
  ReaderListingsDocument,
  ReaderProvisionsDocument,
  ReaderReadingsDocument,
  ReaderStatementsDocument,
  ReaderTensionDocumentsDocument,
} from '@dossier/client';
import type { ViewName } from '../address.js';
import { isEventStatus } from '../parts/labels.js';
import { filterOf } from '../views/said/filter.js';
import { dayInAddress } from '../views/sanctions/day.js';
import { assessmentColumns, eventColumns, figureColumns, statementColumns } from './columns.js';
import { list } from './csv.js';
import { type Dataset, dataset, rowsDataset, source } from './dataset.js';

type Params = Readonly<Record<string, string>>;

/** The days and the status that the timeline shows, or the place that a page is about. */
function eventVariables({ window, status, id }: Params) {
  const [, from, until] = /^(\d{4}-\d\d-\d\d),(\d{4}-\d\d-\d\d)$/.exec(window ?? '') ?? [];
  return {
    filter: {
      ...(from && until && from <= until && { from, until }),
      ...(isEventStatus(status) && { status: [status] }),
      ...(id?.startsWith('place:') && { place: id }),
    },
  };
}

const provisionVariables = ({ id }: Params) => ({ filter: id?.startsWith('instrument:') ? { instrument: id } : null });

const documents = dataset(
  'documents',
  'dataset.documents',
  source(ReaderDocumentsDocument, (data) => data.documents),
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
  'dataset.claims',
  source(
    ReaderStatementsDocument,
    (data) => data.statements,
    ({ document }) => ({ orderBy: 'TEXT' as const, filter: document ? { document } : null }),
  ),
  statementColumns,
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

const events = dataset(
  'events',
  'dataset.events',
  source(ReaderEventsDocument, (data) => data.events, eventVariables),
  eventColumns,
);

const listings = dataset(
  'listings',
  'dataset.listings',
  source(
    ReaderListingsDocument,
    (data) => data.designations,
    ({ on }) => ({ asOf: dayInAddress(on) }),
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
  'dataset.provisions',
  source(ReaderProvisionsDocument, (data) => data.provisions, provisionVariables),
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

const assessments = rowsDataset(
  'assessments',
  'dataset.assessments',
  source(ReaderReadingsDocument, (data) => data.provisionLinks),
  (link) => [{ ...link, provision: link.provision?.id ?? null, regime: link.regime.id }],
  assessmentColumns,
);

const figures = dataset(
  'figures',
  'dataset.figures',
  source(ReaderFiguresDocument, (data) => data.tradeFigures),
  figureColumns,
);

const actors = dataset(
  'actors',
  'dataset.actors',
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
  'dataset.tensions',
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

const statementsBy = dataset(
  'statements-by',
  'dataset.statementsBy',
  source(
    ReaderStatementsDocument,
    (data) => data.statements,
    ({ id }) => ({ filter: id ? { speaker: id } : null }),
  ),
  statementColumns,
);

const statementsAbout = dataset(
  'statements-about',
  'dataset.statementsAbout',
  source(
    ReaderStatementsDocument,
    (data) => data.statements,
    ({ id }) => ({ filter: id ? { subject: id } : null }),
  ),
  statementColumns,
);

const found = dataset(
  'found',
  'dataset.found',
  source(
    ReaderStatementsDocument,
    (data) => data.statements,
    ({ q }) => ({ filter: q ? { search: q } : null }),
  ),
  statementColumns,
);

/** What each view can be downloaded as. */
const DATASETS: Partial<Record<ViewName, readonly Dataset[]>> = {
  '': [documents],
  document: [claims],
  documents: [documents],
  said: [statements],
  timeline: [events],
  sanctions: [listings, provisions, assessments],
  trade: [figures],
  network: [actors, statements],
  tensions: [tensions],
  actor: [statementsBy, statementsAbout],
  search: [found],
  instrument: [provisions],
  place: [events],
};

export const datasetsOf = (view: ViewName): readonly Dataset[] => DATASETS[view] ?? [];

import type {
  ClaimOnSanctionsFragment,
  FigureFragment,
  ReaderEventsQuery,
  ReaderFiguresQuery,
  StatementLineFragment,
} from '@dossier/client';
import { type Columns, list } from './csv.js';

type EventOf = NonNullable<ReaderEventsQuery['events']>['nodes'][number];
type FigureOf = NonNullable<ReaderFiguresQuery['tradeFigures']>['nodes'][number];

const ids = (all: readonly ({ id: string } | null | undefined)[]): string => list(all.map((each) => each?.id));
const names = (all: readonly ({ name: string } | null | undefined)[]): string => list(all.map((each) => each?.name));

export const statementColumns: Columns<StatementLineFragment> = {
  id: ({ id }) => id,
  summary: ({ summary }) => summary,
  kind: ({ kind }) => kind,
  modality: ({ modality }) => modality,
  attribution: ({ attribution }) => attribution.status,
  speakers: ({ attribution }) => names(attribution.speakers),
  speaker_ids: ({ attribution }) => ids(attribution.speakerIds),
  imputed_to_id: ({ attribution }) => attribution.imputedToId?.id,
  imputed_by_id: ({ attribution }) => attribution.imputedById?.id,
  carriers: ({ attribution }) => names(attribution.relayChain.map(({ carrier }) => carrier)),
  carrier_ids: ({ attribution }) => list(attribution.relayChain.map(({ carrierId }) => carrierId?.id ?? 'unknown')),
  addressee_ids: ({ addresseeIds }) => ids(addresseeIds),
  said_on: ({ saidOn }) => saidOn.edtf,
  said_on_basis: ({ saidOn }) => saidOn.basis,
  hedges: ({ hedges }) => list(hedges.map(({ kind }) => kind)),
  topics: ({ topics }) => list(topics),
  citations: ({ citations }) => ids(citations),
};

export const eventColumns: Columns<EventOf> = {
  id: ({ id }) => id,
  label: ({ label }) => label,
  kind: ({ kind }) => kind,
  status: ({ status }) => status,
  date: ({ date }) => date.edtf,
  date_basis: ({ date }) => date.basis,
  earliest: ({ date }) => date.earliest,
  latest: ({ date }) => date.latest,
  place: ({ place }) => place?.name,
  place_id: ({ place }) => place?.id,
  basis: ({ basis }) => basis,
  statements: ({ statements }) => ids(statements ?? []),
  note: ({ note }) => note,
  citations: ({ citations }) => ids(citations),
};

const quantityColumns: Columns<FigureFragment> = {
  id: ({ id }) => id,
  measure: ({ measure }) => measure,
  flow: ({ flow }) => flow,
  period: ({ period }) => period.edtf,
  period_basis: ({ period }) => period.basis,
  stated_as: ({ statedAs }) => statedAs,
  value: ({ value }) => value,
  unit: ({ unit }) => unit,
  qualifier: ({ qualifier }) => qualifier,
  lower_bound: ({ lowerBound }) => lowerBound,
  upper_bound: ({ upperBound }) => upperBound,
  basis: ({ basis }) => basis,
  formula: ({ derivation }) => derivation?.formula,
  inputs: ({ derivation }) => ids(derivation?.inputs ?? []),
  caveat: ({ derivation }) => derivation?.caveat,
  note: ({ note }) => note,
  citations: ({ citations }) => ids(citations),
};

export const figureColumns: Columns<FigureOf> = {
  ...quantityColumns,
  frequency: ({ frequency }) => frequency,
  reporter: ({ reporter }) => reporter?.name,
  reporter_id: ({ reporterId }) => reporterId?.id,
  partner: ({ partner }) => partner?.name,
  partner_id: ({ partnerId }) => partnerId?.id,
  commodities: ({ commodities }) => names(commodities),
  published_by_id: ({ publishedBy }) => publishedBy?.id,
  statement_id: ({ statementId }) => statementId?.id,
};

export const assessmentColumns: Columns<
  ClaimOnSanctionsFragment & { provision: string | null; regime: string | null }
> = {
  id: ({ id }) => id,
  provision_id: ({ provision }) => provision,
  regime_id: ({ regime }) => regime,
  relation: ({ relation }) => relation,
  confidence: ({ confidence }) => confidence,
  rationale: ({ rationale }) => rationale,
  basis: ({ basis }) => basis,
  statement_id: ({ statementId }) => statementId?.id,
  statement: ({ statement }) => statement?.summary,
};

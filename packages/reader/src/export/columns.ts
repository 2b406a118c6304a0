import type {
  CitedDocumentFragment,
  ClaimOnSanctionsFragment,
  ConflictLineFragment,
  EventLineFragment,
  FigureFragment,
  FigureHitFragment,
  FigureWithContextFragment,
  ListingFragment,
  MentionLineFragment,
  NetworkActorFragment,
  PitfallLineFragment,
  ProvisionWithClaimsFragment,
  ReaderInstrumentsQuery,
  ReaderQuotationsQuery,
  RegimeWithClaimsFragment,
  SideFragment,
  StatementLineFragment,
  TimelineEventFragment,
} from '@dossier/client';
import { type Columns, citationIds, list, referenceTexts } from './csv.js';

type InstrumentOf = NonNullable<ReaderInstrumentsQuery['instruments']>['nodes'][number];
type QuotationOf = NonNullable<ReaderQuotationsQuery['document']>['quotations']['nodes'][number];

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
  citations: ({ citations }) => citationIds(citations),
};

export const eventColumns: Columns<TimelineEventFragment> = {
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
  citations: ({ citations }) => citationIds(citations),
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
  citations: ({ citations }) => citationIds(citations),
};

export const figureColumns: Columns<FigureWithContextFragment> = {
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
  citations: ({ citations }) => citationIds(citations),
};

export const documentColumns: Columns<CitedDocumentFragment> = {
  id: ({ id }) => id,
  title: ({ title }) => title,
  publisher: ({ publisher }) => publisher?.name,
  publisher_id: ({ publisher }) => publisher?.id,
  published_on: ({ publishedOn }) => publishedOn.edtf,
  published_on_basis: ({ publishedOn }) => publishedOn.basis,
  series: ({ series }) => series,
  number: ({ number }) => number,
  sha256: ({ sha256 }) => sha256,
};

export const quotationColumns: Columns<QuotationOf> = {
  id: ({ id }) => id,
  kind: ({ kind }) => kind,
  level: ({ level }) => level,
  speaker: ({ speaker }) => speaker?.name,
  speaker_id: ({ speakerId }) => speakerId?.id,
  speaker_is_certain: ({ speakerIsCertain }) => speakerIsCertain,
  note: ({ note }) => note,
  citations: ({ citations }) => citationIds(citations),
};

/** A side of a tension, or one of several statements that are compared. */
export const sideColumns: Columns<SideFragment> = {
  id: ({ id }) => id,
  summary: ({ summary }) => summary,
  modality: ({ modality }) => modality,
  attribution: ({ attribution }) => attribution.status,
  speakers: ({ attribution }) => names(attribution.speakers),
  speaker_ids: ({ attribution }) => ids(attribution.speakerIds),
  said_on: ({ saidOn }) => saidOn.edtf,
  document_id: ({ document }) => document.id,
  document: ({ document }) => document.title,
  citations: ({ citations }) => citationIds(citations),
};

export const conflictColumns: Columns<ConflictLineFragment & { document: string }> = {
  id: ({ id }) => id,
  kind: ({ kind }) => kind,
  explanation: ({ explanation }) => explanation,
  statements: ({ statements }) => ids(statements),
  documents: ({ documents }) => ids(documents),
  document: ({ document }) => document,
  basis: ({ basis }) => basis,
  citations: ({ citations }) => citationIds(citations),
};

export const pitfallColumns: Columns<PitfallLineFragment & { document: string }> = {
  id: ({ id }) => id,
  kind: ({ kind }) => kind,
  explanation: ({ explanation }) => explanation,
  document: ({ document }) => document,
  basis: ({ basis }) => basis,
  citations: ({ citations }) => citationIds(citations),
};

export const listingColumns: Columns<ListingFragment> = {
  id: ({ id }) => id,
  actor: ({ actor }) => actor?.name,
  actor_id: ({ actorId }) => actorId?.id,
  regime: ({ regime }) => regime.name,
  regime_id: ({ regime }) => regime.id,
  instrument: ({ instrument }) => instrument?.symbol,
  instrument_id: ({ instrument }) => instrument?.id,
  listed_on: ({ listed }) => listed.edtf,
  delisted_on: ({ delisted }) => delisted?.edtf,
  measures: ({ measures }) => list(measures),
  basis: ({ basis }) => basis,
  citations: ({ citations }) => citationIds(citations),
  references: ({ references }) => referenceTexts(references),
};

export const regimeColumns: Columns<RegimeWithClaimsFragment> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  authority: ({ authority }) => authority?.name,
  authority_id: ({ authorityId }) => authorityId?.id,
  targets: ({ targets }) => names(targets),
  target_ids: ({ targetIds }) => ids(targetIds),
  readings: ({ links }) => links.totalCount,
  note: ({ note }) => note,
  basis: ({ basis }) => basis,
  citations: ({ citations }) => citationIds(citations),
  references: ({ references }) => referenceTexts(references),
};

export const provisionColumns: Columns<ProvisionWithClaimsFragment> = {
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
  deadline: ({ deadline }) => deadline,
  replaced_by_id: ({ replacedBy }) => replacedBy?.id,
  readings: ({ links }) => links.totalCount,
  basis: ({ basis }) => basis,
  citations: ({ citations }) => citationIds(citations),
  references: ({ references }) => referenceTexts(references),
};

export const instrumentColumns: Columns<Omit<InstrumentOf, 'citations'> & { citations: readonly { id: string }[] }> = {
  id: ({ id }) => id,
  symbol: ({ symbol }) => symbol,
  title: ({ title }) => title,
  regime: ({ regime }) => regime.name,
  regime_id: ({ regime }) => regime.id,
  adopted_on: ({ adoptedOn }) => adoptedOn.edtf,
  citations: ({ citations }) => citationIds(citations),
};

export const actorColumns: Columns<NetworkActorFragment & { citations: readonly { id: string }[] }> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  kind: ({ kind }) => kind,
  description: ({ description }) => description,
  affiliations: ({ affiliations }) => list(affiliations.map(({ to }) => to.id)),
  recognised_by: (actor) => ('recognisedBy' in actor ? list(actor.recognisedBy.map(({ by }) => by.id)) : null),
  note: ({ note }) => note,
  basis: ({ basis }) => basis,
  citations: ({ citations }) => citationIds(citations),
};

/** An actor or a place that a search found. */
export const nameColumns: Columns<{
  id: string;
  name: string;
  description: string | null;
  aliases: readonly { text: string }[];
}> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  description: ({ description }) => description,
  aliases: ({ aliases }) => list(aliases.map(({ text }) => text)),
};

export const eventLineColumns: Columns<EventLineFragment> = {
  id: ({ id }) => id,
  label: ({ label }) => label,
  status: ({ status }) => status,
  date: ({ date }) => date.edtf,
  date_basis: ({ date }) => date.basis,
  place: ({ place }) => place?.name,
  place_id: ({ place }) => place?.id,
  participant_ids: ({ participants }) => list(participants.map(({ actor }) => actor.id)),
  roles: ({ participants }) => list(participants.map(({ role }) => role)),
  citations: ({ citations }) => citationIds(citations),
};

export const figureLineColumns: Columns<FigureHitFragment & { citations: readonly { id: string }[] }> = {
  id: ({ id }) => id,
  measure: ({ measure }) => measure,
  flow: ({ flow }) => flow,
  period: ({ period }) => period.edtf,
  value: ({ value }) => value,
  unit: ({ unit }) => unit,
  qualifier: ({ qualifier }) => qualifier,
  lower_bound: ({ lowerBound }) => lowerBound,
  upper_bound: ({ upperBound }) => upperBound,
  reporter: ({ reporter }) => reporter?.name,
  reporter_id: ({ reporter }) => reporter?.id,
  partner: ({ partner }) => partner?.name,
  partner_id: ({ partner }) => partner?.id,
  citations: ({ citations }) => citationIds(citations),
};

export const mentionColumns: Columns<MentionLineFragment> = {
  id: ({ citation }) => citation.id,
  form: ({ form }) => form,
  paragraph: ({ citation }) => citation.paragraph,
  document: ({ citation }) => citation.document?.title,
  document_id: ({ citation }) => citation.document?.id,
  excerpt: ({ citation }) => citation.excerpt,
};

/** The roles that an actor has in a statement. One that has none of the others is what the statement is about. */
export function rolesIn(
  { attribution: { speakerIds, imputedToId, relayChain }, addresseeIds }: StatementLineFragment,
  actor: string,
): string[] {
  const has = (all: readonly ({ id: string } | null | undefined)[]): boolean => all.some((each) => each?.id === actor);
  const roles = [
    ...(has(speakerIds) ? ['SPEAKER'] : []),
    ...(has([imputedToId]) ? ['IMPUTED_TO'] : []),
    ...(has(relayChain.map(({ carrierId }) => carrierId)) ? ['CARRIER'] : []),
    ...(has(addresseeIds) ? ['ADDRESSEE'] : []),
  ];
  return roles.length > 0 ? roles : ['SUBJECT'];
}

export const roleColumns: Columns<StatementLineFragment & { roles: string[] }> = {
  id: ({ id }) => id,
  roles: ({ roles }) => list(roles),
  ...statementColumns,
};

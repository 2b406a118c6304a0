import type {
  FigureWithContextFragment,
  ListingFragment,
  StatementLineFragment,
  TimelineEventFragment,
} from '@dossier/client';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Length of a digest, in hexadecimal digits. */
const DIGITS = 16;

/** JSON with the names of each object in order, so that equal values have equal text. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, each]) => `${JSON.stringify(name)}:${canonicalJson(each)}`).join(',')}}`;
}

/** Digest of a record. `crypto.subtle` would need a secure context, which a server in a local network may not have. */
export const digestOf = (record: unknown): string =>
  bytesToHex(sha256(utf8ToBytes(canonicalJson(record)))).slice(0, DIGITS);

const idOf = (each: { id: string } | null | undefined): string | null => each?.id ?? null;

type DigestedStatement = Pick<
  StatementLineFragment,
  'id' | 'summary' | 'kind' | 'modality' | 'saidOn' | 'attribution' | 'addresseeIds' | 'hedges' | 'citations'
>;

/**
 * Digest of what a statement says: its summary, who speaks, through whom, when, how firmly, and on which passages. Names are not part of it,
 * since they are not available if the service of actors is down.
 */
export const digestOfStatement = ({
  id,
  summary,
  kind,
  modality,
  saidOn: { edtf, basis },
  attribution: { status, speakerIds, imputedToId, imputedById, relayChain },
  addresseeIds,
  hedges,
  citations,
}: DigestedStatement): string =>
  digestOf({
    id,
    summary,
    kind,
    modality,
    saidOn: { edtf, basis },
    status,
    speakers: speakerIds.map(idOf),
    imputed: [idOf(imputedToId), idOf(imputedById)],
    carriers: relayChain.map(({ carrierId, medium }) => [idOf(carrierId), medium]),
    addressees: addresseeIds.map(idOf),
    hedges: hedges.map((hedge) => [hedge.kind, hedge.citation.id]),
    passages: citations.map((citation) => citation.id),
  });

/** Digest of a figure: its quantity, bounds, period and derivation, between whom, of which goods, and who states it. */
export const digestOfFigure = ({
  id,
  measure,
  flow,
  period: { edtf, basis },
  value,
  unit,
  qualifier,
  lowerBound,
  upperBound,
  statedAs,
  note,
  derivation,
  reporterId,
  partnerId,
  publishedBy,
  commodities,
  statementId,
  citations,
}: FigureWithContextFragment): string =>
  digestOf({
    id,
    measure,
    flow,
    period: { edtf, basis },
    value,
    unit,
    qualifier,
    bounds: [lowerBound, upperBound],
    statedAs,
    note,
    formula: derivation?.formula ?? null,
    between: [idOf(reporterId), idOf(partnerId)],
    publishedBy: idOf(publishedBy),
    goods: commodities.map(({ name, hsCode }) => [name, hsCode]),
    statement: idOf(statementId),
    passages: citations.map((citation) => citation.id),
  });

/** Digest of an event: what happened, whether it did, when and where, and its passages. */
export const digestOfEvent = ({
  id,
  label,
  kind,
  status,
  date: { edtf, basis },
  place,
  note,
  citations,
}: Pick<TimelineEventFragment, 'id' | 'label' | 'kind' | 'status' | 'date' | 'place' | 'note' | 'citations'>): string =>
  digestOf({
    id,
    label,
    kind,
    status,
    date: { edtf, basis },
    place: idOf(place),
    note,
    passages: citations.map((citation) => citation.id),
  });

/** Digest of a listing: of whom, under which regime and act, when, and with which measures. */
export const digestOfListing = ({
  id,
  actorId,
  regime,
  instrument,
  listed,
  delisted,
  measures,
  citations,
}: Pick<
  ListingFragment,
  'id' | 'actorId' | 'regime' | 'instrument' | 'listed' | 'delisted' | 'measures' | 'citations'
>): string =>
  digestOf({
    id,
    actor: idOf(actorId),
    regime: regime.id,
    instrument: idOf(instrument),
    listed: listed.edtf,
    delisted: delisted?.edtf ?? null,
    measures,
    passages: citations.map((citation) => citation.id),
  });

/** Digest of a text: the beginning of its SHA-256. */
export const digestOfDocument = ({ sha256: whole }: { sha256: string }): string => whole.slice(0, DIGITS);

import { type CodePointText, spanOf } from '@dossier/domain/facts';
import { inline, type Proposal, type ProposedParty } from '../proposals/proposalFile.js';
import { asRecord, listOf, passageOf, type RawRecord, type SeedRecords, textOf } from '../proposals/seedRecords.js';
import { FILL_IN } from '../unfinished.js';
import { figureValues } from './figureChecks.js';

/** A record of a proposal: where it goes, and its lines without the id. */
interface NewRecord {
  stem: 'statements' | 'trade' | 'sanctions';
  section: 'statements' | 'figures' | 'links';
  letter: 'S' | 'F' | 'L';
  lines: string[];
}
type Made = NewRecord | { reason: string };

interface RecordContext {
  seeds: SeedRecords;
  folder: string;
  text: CodePointText;
  /** What the person decided with --as. */
  as: readonly string[];
  isActor: (id: string) => boolean;
  /** The statements whose passages have words of the proposal. */
  statementsAt: (places: readonly (readonly [number, number])[]) => string[];
}

/**
 * The record of a statement, figure or link. Whatever has to be said in words is left for the person to write: nothing that a model wrote gets into
 * a record.
 */
export function newRecord(
  proposal: Extract<Proposal, { kind: 'statement' | 'figure' | 'link' }>,
  context: RecordContext,
): Made {
  switch (proposal.kind) {
    case 'statement':
      return statementRecord(proposal, context);
    case 'figure':
      return figureRecord(proposal, context);
    case 'link':
      return linkRecord(proposal, context);
  }
}

function statementRecord(
  { status, type, modality, saidOn, passages, at, digest, ...proposal }: Extract<Proposal, { kind: 'statement' }>,
  context: RecordContext,
): Made {
  const { as, seeds, folder, isActor } = context;
  const unknown = as.find((id) => !isActor(id));
  if (unknown !== undefined) return { reason: `"${unknown}" is not a known actor; expected the id of one` };
  const actors = partyResolver(context);
  const speakers = as.length > 0 ? [...as] : actors.ids(proposal.speakers);
  const relayChain = actors.ids(proposal.relayChain);
  const imputed = status === 'IMPUTED';
  const [to, by] = [actors.id(proposal.imputedTo), actors.id(proposal.imputedBy)];
  if (actors.unknown.length > 0) return { reason: unknownActors(actors.unknown) };
  const hasSpeakers = status !== 'MISSING' && !imputed;
  if (hasSpeakers && speakers.length === 0)
    return { reason: 'nobody is known to have said it; expected --as with the id of the speaker' };
  if (imputed && (!to || !by)) return { reason: 'an imputed statement needs to whom and by whom; record it by hand' };
  const speakersLine = hasSpeakers ? [`speakers: ${inline(speakers)}`] : [];
  return {
    stem: 'statements',
    section: 'statements',
    letter: 'S',
    lines: [
      `summary: ${FILL_IN}`,
      `kind: ${type}`,
      `modality: ${modality}`,
      'attribution:',
      ...[
        `status: ${status}`,
        ...speakersLine,
        ...(imputed ? [`imputedTo: ${to}`, `imputedBy: ${by}`] : []),
        // A carrier that is the speaker too, e.g. after --as, is not one.
        ...chainLines(relayChain.filter((id) => !speakers.includes(id) && id !== by)),
      ].map((line) => `  ${line}`),
      `saidOn: ${inline(saidOn ?? notLaterThan(seeds.document(folder)))}`,
      'passages:',
      ...(passages ?? [{ at, digest }]).map((passage) => `  - ${inline(passage)}`),
    ],
  };
}

const chainLines = (carriers: readonly string[]): string[] =>
  carriers.length > 0 ? ['relayChain:', ...carriers.map((carrier) => `  - { carrier: ${carrier} }`)] : [];

/** The date of what is not dated: not later than the document. */
function notLaterThan(document: RawRecord | null): object {
  const published = textOf(asRecord(document?.['publishedOn'])?.['edtf']);
  const latest = published === null ? null : latestOf(published);
  return latest === null
    ? { edtf: '../..', basis: 'UNKNOWN' }
    : { edtf: `../${latest}`, basis: 'INFERRED', note: 'Undated; not later than the document.' };
}

function latestOf(edtf: string): string | null {
  try {
    return spanOf(edtf).latest;
  } catch {
    return null;
  }
}

function figureRecord(proposal: Extract<Proposal, { kind: 'figure' }>, context: RecordContext): Made {
  const { as, text, statementsAt } = context;
  const statements = as.length > 0 ? as : statementsAt([proposal.within.at]);
  if (statements.length > 1)
    return { reason: `${statements.join(' and ')} contain it; expected --as with one of them` };
  const actors = partyResolver(context);
  const ids = {
    reporter: actors.id(proposal.reporter),
    partner: actors.id(proposal.partner),
    publishedBy: actors.id(proposal.publishedBy),
  };
  if (actors.unknown.length > 0) return { reason: unknownActors(actors.unknown) };
  const { measure, flow, value, statedAs, unit, qualifier, lowerBound, upperBound, passages } = figureValues(
    proposal,
    text,
  );
  const line = (key: string, found: unknown) => (found === null ? [] : [`${key}: ${inline(found)}`]);
  return {
    stem: 'trade',
    section: 'figures',
    letter: 'F',
    lines: [
      `measure: ${measure}`,
      `flow: ${flow}`,
      ...line('reporter', ids.reporter),
      ...line('partner', ids.partner),
      `period: ${inline(proposal.period ?? { edtf: FILL_IN, basis: 'STATED' })}`,
      ...line('value', value),
      ...line('statedAs', statedAs),
      ...line('unit', unit),
      `qualifier: ${qualifier}`,
      ...line('lowerBound', lowerBound),
      ...line('upperBound', upperBound),
      ...line('publishedBy', ids.publishedBy),
      ...line('statement', statements[0] ?? null),
      'passages:',
      ...passages.map((passage) => `  - ${inline(passage)}`),
    ],
  };
}

function linkRecord(proposal: Extract<Proposal, { kind: 'link' }>, { as, statementsAt }: RecordContext): Made {
  const statements = as.length > 0 ? as : statementsAt([proposal.at]);
  const [statement, other] = statements;
  if (statement === undefined)
    return { reason: 'it is outside all statements; accept the statement first, then the link' };
  if (other !== undefined) return { reason: `${statements.join(' and ')} contain it; expected --as with one of them` };
  const { provision, regime, relation, confidence } = proposal;
  return {
    stem: 'sanctions',
    section: 'links',
    letter: 'L',
    lines: [
      `statement: ${statement}`,
      provision === undefined ? `regime: ${inline(regime)}` : `provision: ${inline(provision)}`,
      `relation: ${relation}`,
      `confidence: ${confidence}`,
      `rationale: ${FILL_IN}`,
      'basis: ANALYST',
    ],
  };
}

const unknownActors = (names: readonly string[]): string =>
  `${names.join(' and ')} is not a known actor; accept the name first, with the id of an actor`;

/** Ids of actors. An unknown one may have been recorded since: then its name is a mention of it. */
export function partyResolver({ seeds, folder, text, isActor }: Omit<RecordContext, 'as' | 'statementsAt'>) {
  const unknown: string[] = [];
  const id = (party: ProposedParty | undefined): string | null => {
    if (!party) return null;
    const found =
      'of' in party ? (isActor(party.of) ? party.of : null) : actorMentionedAt(seeds, folder, party.at, isActor);
    if (found === null)
      unknown.push('of' in party ? `"${party.of}"` : JSON.stringify(text.slice(...party.at).replace(/\s+/gu, ' ')));
    return found;
  };
  return { unknown, id, ids: (parties: readonly ProposedParty[]) => parties.flatMap((party) => id(party) ?? []) };
}

/** The actor whose mention overlaps a passage, if there is exactly one. */
function actorMentionedAt(
  seeds: SeedRecords,
  folder: string,
  at: readonly [number, number],
  isActor: (id: string) => boolean,
): string | null {
  const ids = ['actors', 'additions'].flatMap((section) =>
    seeds.section(folder, 'actors', section).flatMap((record) => {
      const id = textOf(record['id']) ?? textOf(record['of']);
      const isMentioned = listOf(record['mentions']).some((mention) => {
        const found = passageOf(mention);
        return found !== null && found.at[0] < at[1] && at[0] < found.at[1];
      });
      return id !== null && isMentioned && isActor(id) ? id : [];
    }),
  );
  return new Set(ids).size === 1 ? (ids[0] ?? null) : null;
}

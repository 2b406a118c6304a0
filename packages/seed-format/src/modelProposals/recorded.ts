import type { Proposal } from '../proposals/proposalFile.js';
import { asRecord, listOf, passageOf, type RawRecord, type SeedRecords, textOf } from '../proposals/seedRecords.js';

type Position = readonly [start: number, end: number];

interface RecordedStatement {
  id: string;
  parts: Position[];
  status: string | null;
  speakers: string[];
  relayChain: string[];
}

/** What a document's records say about the things that a model proposes. */
export interface Recorded {
  statements: RecordedStatement[];
  quotations: { id: string; parts: Position[]; speaker: string | null }[];
  figures: { id: string; parts: Position[]; value: string | null; unit: string | null }[];
  links: { id: string; parts: Position[]; target: string | null }[];
}

export function recordedIn(seeds: SeedRecords, folder: string): Recorded {
  const statements = seeds.section(folder, 'statements', 'statements').map((record): RecordedStatement => {
    const attribution = asRecord(record['attribution']) ?? {};
    return {
      id: textOf(record['id']) ?? '',
      parts: partsOf(record),
      status: textOf(attribution['status']),
      speakers: idsOf(attribution['speakers']),
      relayChain: listOf(attribution['relayChain']).map(({ carrier }) => textOf(carrier) ?? '?'),
    };
  });
  return {
    statements,
    quotations: seeds.section(folder, 'statements', 'quotations').map((record) => ({
      id: textOf(record['id']) ?? '',
      parts: partsOf(record),
      speaker: textOf(record['speaker']),
    })),
    // A derived figure is not stated anywhere.
    figures: seeds
      .section(folder, 'trade', 'figures')
      .filter(({ derivation }) => !derivation)
      .map((record) => ({
        id: textOf(record['id']) ?? '',
        parts: partsOf(record),
        value: textOf(record['value']),
        unit: textOf(record['unit']),
      })),
    links: seeds.section(folder, 'sanctions', 'links').map((record) => ({
      id: textOf(record['id']) ?? '',
      parts: statements.find(({ id }) => id === record['statement'])?.parts ?? [],
      target: textOf(record['provision']) ?? textOf(record['regime']),
    })),
  };
}

const partsOf = (record: RawRecord): Position[] =>
  listOf(record['passages']).flatMap((passage) => {
    const found = passageOf(passage);
    return found ? [found.at] : [];
  });

const idsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : []).flatMap((item: unknown) => textOf(item) ?? []);

/** The passages of a proposal: those of the words that it is about. */
export const partsOfProposal = (proposal: Proposal): Position[] => {
  if (proposal.kind === 'figure') return [proposal.within.at];
  const parts = proposal.kind === 'statement' || proposal.kind === 'quotation' ? proposal.passages : undefined;
  return parts?.map(({ at }) => at) ?? [proposal.at];
};

/** Passages are those of the same thing if at least half of the text that either covers is covered by both. */
const MIN_SHARED = 0.5;

/** The share of the text of either that is in both, from 0 to 1. */
export function sharedPart(a: readonly Position[], b: readonly Position[]): number {
  const length = (parts: readonly Position[]) => parts.reduce((sum, [start, end]) => sum + end - start, 0);
  const both = a.reduce(
    (sum, one) =>
      sum + b.reduce((inner, other) => inner + Math.max(0, Math.min(one[1], other[1]) - Math.max(one[0], other[0])), 0),
    0,
  );
  const either = length(a) + length(b) - both;
  return either > 0 ? both / either : 0;
}

const isSame = (a: readonly Position[], b: readonly Position[]): boolean => sharedPart(a, b) >= MIN_SHARED;

/** The ids of the records that are about the same as a proposal of a model: their passages, and the value or the provision. */
export function matchesOf(proposal: Proposal, recorded: Recorded): string[] {
  const parts = partsOfProposal(proposal);
  switch (proposal.kind) {
    case 'statement':
      return recorded.statements.filter((record) => isSame(parts, record.parts)).map(({ id }) => id);
    case 'quotation':
      return recorded.quotations.filter((record) => isSame(parts, record.parts)).map(({ id }) => id);
    case 'figure':
      return recorded.figures
        .filter(
          (record) =>
            sharedPart(parts, record.parts) > 0 &&
            record.value === (proposal.value ?? null) &&
            record.unit === (proposal.unit ?? null),
        )
        .map(({ id }) => id);
    case 'link':
      return recorded.links
        .filter((record) => isSame(parts, record.parts) && record.target === (proposal.provision ?? proposal.regime))
        .map(({ id }) => id);
    default:
      return [];
  }
}

import type { CodePointText } from '@dossier/domain/facts';
import type { Proposal } from '../proposals/proposalFile.js';
import { proposalsFor } from '../proposals/propose.js';
import { type RawRecord, type SeedRecords, textOf } from '../proposals/seedRecords.js';
import { matchesOf, recordedIn } from './recorded.js';
import type { Run } from './runFile.js';

/**
 * What a person has to decide about a document: what rules find, and what a model proposed for the same text, without what is recorded, and without
 * the ids that are `ignored`. A quotation that both propose is listed once, with its speaker.
 */
export function proposalsForReview(
  seeds: SeedRecords,
  document: RawRecord,
  text: CodePointText,
  ignored: ReadonlySet<string>,
  run: Run | null,
): Proposal[] {
  const byId = new Map(proposalsFor(seeds, document, text, ignored).map((proposal) => [proposal.id, proposal]));
  if (run && run.sha256 === textOf(document['sha256'])) {
    const recorded = recordedIn(seeds, run.document);
    for (const proposal of run.paragraphs.flatMap(({ proposals }) => proposals)) {
      if (ignored.has(proposal.id) || matchesOf(proposal, recorded).length > 0) continue;
      byId.set(proposal.id, { ...byId.get(proposal.id), ...proposal } as Proposal);
    }
  }
  return [...byId.values()].sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1] || (a.id < b.id ? -1 : 1));
}

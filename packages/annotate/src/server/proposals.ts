import type { CodePointText } from '@dossier/domain/facts';
import {
  type AcceptOptions,
  type DocumentFile,
  detailsOf,
  formatProposals,
  isPlacedByPosition,
  mountDocument,
  type Proposal,
  type Proposals,
  ProposalsError,
  proposalsFileName,
  proposalsFor,
  readProposals,
  type SeedRecords,
} from '@dossier/seed-format/authoring';
import type { ProposalAnswer } from '../api.js';
import { acceptSafely, type Changed } from './changes.js';
import { AnnotateError } from './errors.js';
import { readText, type Workspace } from './workspace.js';

/** The proposals for the mounted text; null if none were made, only for another text, or if no text is mounted. */
export function readAnswers(workspace: Workspace, document: DocumentFile): ProposalAnswer[] | null {
  const content = contentOf(workspace);
  if (content?.sha256 !== document.sha256) return null;
  const { text } = mountDocument(workspace.documentsDir, document);
  return text && content.proposals.map((proposal) => answerFor(proposal, text));
}

const answerFor = (proposal: Proposal, text: CodePointText): ProposalAnswer => ({
  id: proposal.id,
  kind: proposal.kind,
  at: proposal.at,
  digest: proposal.digest,
  details: detailsOf(proposal, text),
  candidates:
    proposal.kind === 'mention' ? (proposal.of === undefined ? (proposal.candidates ?? []) : [proposal.of]) : [],
});

function contentOf({ seedsDir, folder }: Workspace): Proposals | null {
  try {
    return readProposals(seedsDir, folder);
  } catch (error) {
    if (error instanceof ProposalsError) throw new AnnotateError('NOT_ACCEPTED', error.message);
    throw error;
  }
}

const changedFile = (content: Proposals): Map<string, string> =>
  new Map([[proposalsFileName(content.document), formatProposals(content)]]);

/** Makes proposals, without those that were rejected or accepted before. */
export function propose(workspace: Workspace, seeds: SeedRecords): Changed {
  const { document, text } = readText(workspace);
  const known = contentOf(workspace);
  const { rejected, accepted } = known?.sha256 === document.sha256 ? known : { rejected: [], accepted: [] };
  const record = seeds.document(workspace.folder) ?? {};
  const proposals = proposalsFor(seeds, record, text, new Set([...rejected, ...accepted]));
  const { folder, sha256 } = { folder: workspace.folder, sha256: document.sha256 };
  return {
    what: 'make proposals',
    files: changedFile({ document: folder, sha256, proposals, rejected, accepted }),
    record: null,
  };
}

function select(
  workspace: Workspace,
  ids: readonly string[],
): { content: Proposals; selected: Proposal[]; text: CodePointText } {
  const { document, text } = readText(workspace);
  const content = contentOf(workspace);
  if (content?.sha256 !== document.sha256)
    throw new AnnotateError('CONFLICT', 'There are no longer any proposals for this text; create them again.');
  const selected = content.proposals.filter(({ id }) => ids.includes(id));
  if (selected.length < new Set(ids).size || selected.length === 0)
    throw new AnnotateError('CONFLICT', 'A proposal no longer exists; nothing was changed.');
  return { content, selected, text };
}

export function acceptProposals(
  workspace: Workspace,
  seeds: SeedRecords,
  ids: readonly string[],
  options: AcceptOptions,
): Changed & { messages: string[] } {
  const { content, selected, text } = select(workspace, ids);
  const { accepted, undecided, files } = acceptSafely(
    seeds,
    workspace.seedsDir,
    workspace.folder,
    text,
    selected,
    options,
  );
  const messages = [...new Set(undecided.map(({ proposal, reason }) => `${proposal.id}: ${reason}.`))];
  if (accepted.length === 0) throw new AnnotateError('NOT_ACCEPTED', messages.join(' '));
  const gone = new Set(accepted.map(({ id }) => id));
  const left = changedFile({
    ...content,
    proposals: content.proposals.filter(({ id }) => !gone.has(id)),
    accepted: [...content.accepted, ...accepted.filter(({ kind }) => !isPlacedByPosition(kind)).map(({ id }) => id)],
  });
  return {
    what: `accept ${accepted.map(({ id }) => id).join(', ')}`,
    files: new Map([...files, ...left]),
    record: null,
    messages,
  };
}

export function rejectProposals(workspace: Workspace, ids: readonly string[]): Changed {
  const { content, selected } = select(workspace, ids);
  const gone = new Set(selected.map(({ id }) => id));
  return {
    what: `reject ${[...gone].join(', ')}`,
    files: changedFile({
      ...content,
      proposals: content.proposals.filter(({ id }) => !gone.has(id)),
      rejected: [...content.rejected, ...gone],
    }),
    record: null,
  };
}

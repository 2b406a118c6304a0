import { join } from 'node:path';
import type { CodePointText } from '@dossier/domain/facts';
import { type Command, Option } from 'commander';
import { failure, type Outcome, success } from '../commands/outcome.js';
import { replaceFile } from '../files.js';
import { mountDocuments } from '../mounted.js';
import { accept, CREATABLE_KINDS, isPlacedByPosition } from './accept.js';
import {
  PROPOSAL_KINDS,
  type Proposal,
  type ProposalKind,
  type Proposals,
  ProposalsError,
  proposalsFileName,
  readProposals,
  writeProposals,
} from './proposalFile.js';
import { proposalsFor } from './propose.js';
import { type RawRecord, SeedRecords, textOf } from './seedRecords.js';

/** The folders that a command works on. */
export interface Workplace {
  seedsDir: string;
  documentsDir: string | null;
}

const KIND_OPTION = '--kind <kind>';
const collect = (value: string, values: string[] = []): string[] => [...values, value];

/** Adds `propose`, `proposals`, `accept` and `reject` to the program. */
export function addProposalCommands(
  program: Command,
  workplace: () => Workplace,
  print: (outcome: Outcome) => void,
): void {
  const kindOption = () => new Option(KIND_OPTION, 'only proposals of one kind').choices([...PROPOSAL_KINDS]);
  program
    .command('propose')
    .description('find mentions, names, dates, numbers, quotations and hedges in the text of a document, for review')
    .argument('<document>', 'id of the document, e.g. memri-sd-10149')
    .action((document: string) => print(runSafely(() => propose(workplace(), document))));
  program
    .command('proposals')
    .description('print the proposals for a document with their words')
    .argument('<document>', 'id of the document')
    .addOption(kindOption())
    .action((document: string, { kind }: { kind?: ProposalKind }) =>
      print(runSafely(() => listProposals(workplace(), document, kind ?? null))),
    );
  program
    .command('accept')
    .description('turn proposals into records')
    .argument('<document>', 'id of the document')
    .argument('[id...]', 'ids of proposals, e.g. M490-506')
    .addOption(kindOption())
    .option('--as <id>', 'actor, place, statement, event or work that they belong to; may be repeated', collect)
    .option('--create <kind>', `make a new actor or place of the id in --as: ${CREATABLE_KINDS.join(', ')}`)
    .option('--same', 'also the proposals of the same kind for the same words')
    .action((document: string, ids: string[], options: SelectOptions & { as?: string[]; create?: string }) =>
      print(
        runSafely(() =>
          acceptProposals(workplace(), document, ids, options, {
            as: options.as ?? [],
            create: options.create ?? null,
          }),
        ),
      ),
    );
  program
    .command('reject')
    .description('remove proposals, so that they are not made again')
    .argument('<document>', 'id of the document')
    .argument('[id...]', 'ids of proposals, e.g. M490-506')
    .addOption(kindOption())
    .option('--same', 'also the proposals of the same kind for the same words')
    .action((document: string, ids: string[], options: SelectOptions) =>
      print(runSafely(() => rejectProposals(workplace(), document, ids, options))),
    );
}

interface SelectOptions {
  kind?: ProposalKind;
  same?: boolean;
}

function runSafely(command: () => Outcome): Outcome {
  try {
    return command();
  } catch (error) {
    if (error instanceof ProposalsError) return failure([error.message]);
    throw error;
  }
}

interface Opened {
  seeds: SeedRecords;
  folder: string;
  document: RawRecord;
  text: CodePointText;
}

/** The document and its text. Throws a ProposalsError if either is missing. */
function open({ seedsDir, documentsDir }: Workplace, id: string): Opened {
  const folder = id.replace(/^document:/, '');
  const seeds = new SeedRecords(seedsDir);
  const document = seeds.document(folder);
  if (!document) {
    const known = seeds.folders.filter((name) => seeds.fileName(name, 'document') !== null);
    throw new ProposalsError(
      `"${id}" is not a document of these seeds; expected ${known.join(' or ') || 'one, but they have none'}.`,
    );
  }
  const sha256 = textOf(document['sha256']) ?? '';
  const mounted = mountDocuments(documentsDir, [{ id: `document:${folder}`, sha256 }]).get(`document:${folder}`);
  if (!mounted?.text)
    throw new ProposalsError(
      mounted?.availability === 'MISMATCH'
        ? `The text mounted as ${folder} does not have the digest of document.yaml; expected the text that was annotated.`
        : `The text of ${folder} is not mounted; expected --documents or DOCUMENTS_DIR to name a folder with it.`,
    );
  return { seeds, folder, document, text: mounted.text };
}

/** Writes the proposals for a document, without those that were rejected or accepted before. */
export function propose(workplace: Workplace, id: string): Outcome {
  const { seeds, folder, document, text } = open(workplace, id);
  const sha256 = textOf(document['sha256']) ?? '';
  const before = readProposals(workplace.seedsDir, folder);
  // Positions in another text mean nothing in this one.
  const isSameText = before?.sha256 === sha256;
  const rejected = isSameText ? before.rejected : [];
  const accepted = isSameText ? before.accepted : [];
  const proposals = proposalsFor(seeds, document, text, new Set([...rejected, ...accepted]));
  const unresolved = seeds.unresolved(folder);
  writeProposals(workplace.seedsDir, { document: folder, sha256, proposals, rejected, accepted });
  return success([
    `${proposals.length} proposals in ${proposalsFileName(folder)}: ${countsOf(proposals)}.`,
    ...(unresolved > 0
      ? [`Passages given by words only: ${unresolved}. They may be proposed again; run "seeds fill ${folder}" first.`]
      : []),
    ...(before && !isSameText ? ['The text has changed, so what was rejected before is proposed again.'] : []),
    `Review them with "seeds proposals ${folder}", then use "seeds accept" and "seeds reject".`,
  ]);
}

const countsOf = (proposals: readonly Proposal[]): string =>
  PROPOSAL_KINDS.map((kind) => `${proposals.filter((proposal) => proposal.kind === kind).length} ${kind}`).join(', ');

function opened(workplace: Workplace, id: string): Opened & { content: Proposals } {
  const document = open(workplace, id);
  const content = readProposals(workplace.seedsDir, document.folder);
  if (!content)
    throw new ProposalsError(
      `There are no proposals for ${document.folder}; run "seeds propose ${document.folder}" first.`,
    );
  if (content.sha256 !== textOf(document.document['sha256']))
    throw new ProposalsError(
      `The proposals for ${document.folder} are for another text; run "seeds propose ${document.folder}" again.`,
    );
  return { ...document, content };
}

const MAX_WORDS_SHOWN = 60;

/** Prints the proposals, each with its words and a little of the text around it. */
export function listProposals(workplace: Workplace, id: string, kind: ProposalKind | null): Outcome {
  const { content, text, folder } = opened(workplace, id);
  const shown = content.proposals.filter((proposal) => kind === null || proposal.kind === kind);
  if (shown.length === 0) return success([`No proposals${kind ? ` of kind ${kind}` : ''} for ${folder}.`]);
  return success(
    shown.map((proposal) =>
      [proposal.id, proposal.kind, detailsOf(proposal), wordsOf(proposal, text)].filter(Boolean).join('  '),
    ),
  );
}

function wordsOf({ at }: Proposal, text: CodePointText): string {
  const words = text.slice(...at).replace(/\s+/gu, ' ');
  return JSON.stringify(
    [...words].length > MAX_WORDS_SHOWN ? `${[...words].slice(0, MAX_WORDS_SHOWN).join('')}…` : words,
  );
}

/** What a proposal proposes, briefly and without the words of the text. */
export function detailsOf(proposal: Proposal): string {
  switch (proposal.kind) {
    case 'mention':
      return `${proposal.of ?? (proposal.candidates ?? []).join(' or ')} ${proposal.form}`;
    case 'name':
      return '';
    case 'date':
      return `${proposal.edtf} ${proposal.basis}${proposal.anchor ? ` from ${proposal.anchor}` : ''}`;
    case 'number':
      return [proposal.qualifier === 'EXACT' ? '' : proposal.qualifier, proposal.value, proposal.unit ?? '']
        .filter(Boolean)
        .join(' ');
    case 'quotation':
      return `${proposal.form} level ${proposal.level}`;
    case 'hedge':
      return proposal.hedge;
  }
}

/** The proposals with the given ids, or of a kind. Throws a ProposalsError if an id is unknown. */
function select(
  { content, folder }: { content: Proposals; folder: string },
  ids: readonly string[],
  { kind, same }: SelectOptions,
): Proposal[] {
  if (ids.length === 0 && !kind)
    throw new ProposalsError(
      'Nothing is selected; expected ids of proposals, or --kind with the kind of all to select.',
    );
  const byId = new Map(content.proposals.map((proposal) => [proposal.id, proposal]));
  const unknown = ids.filter((id) => !byId.has(id));
  if (unknown.length > 0)
    throw new ProposalsError(
      `${unknown.join(', ')}: not proposed for ${folder}; expected ids that "seeds proposals ${folder}" prints.`,
    );
  const named = ids.flatMap((id) => byId.get(id) ?? []);
  const words = new Set(named.map((proposal) => `${proposal.kind} ${proposal.digest}`));
  return content.proposals.filter((proposal) => {
    if (kind && proposal.kind !== kind) return false;
    if (ids.length === 0) return true;
    return ids.includes(proposal.id) || (same === true && words.has(`${proposal.kind} ${proposal.digest}`));
  });
}

export function acceptProposals(
  workplace: Workplace,
  id: string,
  ids: readonly string[],
  selection: SelectOptions,
  { as, create }: { as: readonly string[]; create: string | null },
): Outcome {
  const { seeds, folder, text, content } = opened(workplace, id);
  const selected = select({ content, folder }, ids, selection);
  const { accepted, undecided, files } = accept(seeds, workplace.seedsDir, folder, text, selected, { as, create });
  for (const [name, source] of files) replaceFile(join(workplace.seedsDir, name), source);
  const gone = new Set(accepted.map((proposal) => proposal.id));
  if (accepted.length > 0)
    writeProposals(workplace.seedsDir, {
      ...content,
      proposals: content.proposals.filter((proposal) => !gone.has(proposal.id)),
      accepted: [
        ...content.accepted,
        ...accepted.filter(({ kind }) => !isPlacedByPosition(kind)).map((proposal) => proposal.id),
      ],
    });
  const lines = [
    `${accepted.length} accepted${files.size > 0 ? ` into ${[...files.keys()].join(' and ')}` : ''}.`,
    ...(accepted.some(({ kind }) => kind === 'quotation')
      ? ['Complete each new quotation: kind, statements, speaker, and whether it is translated.']
      : []),
    ...(accepted.some(({ kind }) => kind === 'number')
      ? ['Give each new number a label that says what it counts.']
      : []),
    ...explanations(undecided),
  ];
  // A selection by kind takes what needs no decision; what was named must be accepted.
  return undecided.length > 0 && (ids.length > 0 || accepted.length === 0) ? failure(lines) : success(lines);
}

const MAX_IDS_SHOWN = 5;

/** Each reason once, with the proposals that it holds for. */
function explanations(undecided: readonly { proposal: Proposal; reason: string }[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { proposal, reason } of undecided) byReason.set(reason, [...(byReason.get(reason) ?? []), proposal.id]);
  return [...byReason].map(([reason, ids]) => {
    const more = ids.length - MAX_IDS_SHOWN;
    return `${ids.slice(0, MAX_IDS_SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}: ${reason}.`;
  });
}

export function rejectProposals(
  workplace: Workplace,
  id: string,
  ids: readonly string[],
  selection: SelectOptions,
): Outcome {
  const { folder, content } = opened(workplace, id);
  const selected = new Set(select({ content, folder }, ids, selection).map((proposal) => proposal.id));
  writeProposals(workplace.seedsDir, {
    ...content,
    proposals: content.proposals.filter((proposal) => !selected.has(proposal.id)),
    rejected: [...content.rejected, ...selected],
  });
  return success([`${selected.size} rejected; they will not be proposed again.`]);
}

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type CodePointText, spanOf } from '@dossier/domain/facts';
import { type Command, Option } from 'commander';
import { failure, type Outcome, success } from '../commands/outcome.js';
import { replaceFile } from '../files.js';
import { compare } from '../modelProposals/compare.js';
import { modelDetailsOf, partyText } from '../modelProposals/details.js';
import { proposalsForReview } from '../modelProposals/review.js';
import { type Run, readRun } from '../modelProposals/runFile.js';
import { FILL_IN } from '../unfinished.js';
import { accept, CREATABLE_KINDS, isPlacedByPosition } from './accept.js';
import { type Opened, openDocument, type Workplace } from './openDocument.js';
import {
  PROPOSAL_KINDS,
  type Proposal,
  type ProposalKind,
  type Proposals,
  ProposalsError,
  proposalsFileName,
  RULE_KINDS,
  readProposals,
  writeProposals,
} from './proposalFile.js';
import { asRecord, textOf } from './seedRecords.js';

const KIND_OPTION = '--kind <kind>';
const collect = (value: string, values: string[] = []): string[] => [...values, value];

/** Adds `propose`, `compare`, `proposals`, `accept` and `reject` to the program. */
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
    .option('--model', 'also ask the model of MODEL_URL; it says first what will be sent')
    .option('--yes', 'send without asking')
    .option('--dry-run', 'only say what would be sent')
    .action(async (document: string, { model = false, yes = false, dryRun = false }: ModelFlags) => {
      if (!model && (yes || dryRun)) program.error('--yes and --dry-run: expected together with --model.');
      else if (!model) print(runSafely(() => propose(workplace(), document)));
      else print(await proposeWithModel(program, workplace(), document, { yes, dryRun }));
    });
  program
    .command('compare')
    .description('compare the proposals of a model for a document with its records: precision and recall by kind')
    .argument('<document>', 'id of the document')
    .action((document: string) => print(runSafely(() => compare(workplace(), document))));
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
    .option('--by <name>', 'who accepts what a model proposed; by default user.name of git')
    .action(
      (document: string, ids: string[], options: SelectOptions & { as?: string[]; create?: string; by?: string }) =>
        print(
          runSafely(() =>
            acceptProposals(workplace(), document, ids, options, {
              as: options.as ?? [],
              create: options.create ?? null,
              by: options.by ?? null,
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

interface ModelFlags {
  model?: boolean;
  yes?: boolean;
  dryRun?: boolean;
}

async function proposeWithModel(
  program: Command,
  workplace: Workplace,
  document: string,
  flags: { yes: boolean; dryRun: boolean },
): Promise<Outcome> {
  // Loaded on demand: the settings come with the HTTP server.
  const { proposeByModel } = await import('../modelProposals/command.js');
  try {
    return await proposeByModel(workplace, document, {
      ...flags,
      env: process.env,
      report: (line) => void process.stderr.write(`${line}\n`),
      writeReview: (opened, run) => writeReview(workplace, opened, run),
      onInvalidSettings: (message) => program.error(message),
    });
  } catch (error) {
    if (error instanceof ProposalsError) return failure(error.message.split('\n'));
    throw error;
  }
}

interface SelectOptions {
  kind?: ProposalKind;
  same?: boolean;
}

function runSafely(command: () => Outcome): Outcome {
  try {
    return command();
  } catch (error) {
    if (error instanceof ProposalsError) return failure(error.message.split('\n'));
    throw error;
  }
}

/** Writes the proposals for a document, without those that were rejected or accepted before. */
export function propose(workplace: Workplace, id: string): Outcome {
  const opened = openDocument(workplace, id);
  return success(writeReview(workplace, opened, readRun(workplace.seedsDir, opened.folder)));
}

/** Writes what there is to decide about a document, and returns the lines to print. */
export function writeReview(
  workplace: Workplace,
  { seeds, folder, document, text }: Opened,
  run: Run | null,
): string[] {
  const sha256 = textOf(document['sha256']) ?? '';
  const before = readProposals(workplace.seedsDir, folder);
  // Positions in another text mean nothing in this one.
  const isSameText = before?.sha256 === sha256;
  const rejected = isSameText ? before.rejected : [];
  const accepted = isSameText ? before.accepted : [];
  const found = proposalsForReview(seeds, document, text, new Set([...rejected, ...accepted]), run);
  const imported = isSameText ? before.proposals.filter(({ kind }) => kind === 'annotation') : [];
  const proposals = [...found, ...imported].sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1]);
  const unresolved = seeds.unresolved(folder);
  writeProposals(workplace.seedsDir, { document: folder, sha256, proposals, rejected, accepted });
  return [
    `${proposals.length} proposals in ${proposalsFileName(folder)}: ${countsOf(proposals)}.`,
    ...(unresolved > 0
      ? [`Passages given by words only: ${unresolved}. They may be proposed again; run "seeds fill ${folder}" first.`]
      : []),
    ...(hasPublicationDate(document)
      ? []
      : [
          `The date of publication is not known, so relative dates were left out. If it can be known, fill in publishedOn and run "seeds propose ${folder}" again.`,
        ]),
    ...(before && !isSameText ? ['The text has changed, so what was rejected before is proposed again.'] : []),
    `Review them with "seeds proposals ${folder}", then use "seeds accept" and "seeds reject".`,
  ];
}

/** Whether relative dates can be counted from the day of publication. */
function hasPublicationDate(document: Opened['document']): boolean {
  const edtf = textOf(asRecord(document['publishedOn'])?.['edtf']) ?? '';
  try {
    const { earliest, latest } = spanOf(edtf);
    return (latest ?? earliest) !== null;
  } catch {
    return false;
  }
}

/** Kinds that rules do not find are not counted if there are none. */
const countsOf = (proposals: readonly Proposal[]): string =>
  PROPOSAL_KINDS.flatMap((kind) => {
    const { length } = proposals.filter((proposal) => proposal.kind === kind);
    return length > 0 || RULE_KINDS.includes(kind) ? `${length} ${kind}` : [];
  }).join(', ');

function opened(workplace: Workplace, id: string): Opened & { content: Proposals } {
  const document = openDocument(workplace, id);
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
      [proposal.id, proposal.kind, detailsOf(proposal, text), wordsOf(proposal, text)].filter(Boolean).join('  '),
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
export function detailsOf(proposal: Proposal, text: CodePointText): string {
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
      return [
        `${proposal.form} level ${proposal.level}`,
        ...(proposal.speaker ? [`by ${partyText(proposal.speaker, text)}`] : []),
      ].join(' ');
    case 'hedge':
      return proposal.hedge;
    case 'statement':
    case 'figure':
    case 'link':
      return modelDetailsOf(proposal, text);
    case 'annotation':
      return [...(proposal.of ?? []), proposal.note && JSON.stringify(proposal.note)].filter(Boolean).join(' ');
  }
}

/** The proposals with the given ids, or of a kind. Throws a ProposalsError if an id is unknown. */
function select(
  { content, folder, seeds }: Pick<Opened, 'folder' | 'seeds'> & { content: Proposals },
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
    throw new ProposalsError(unknown.map((id) => unknownProblem(id, { content, folder, seeds })).join('\n'));
  const named = ids.flatMap((id) => byId.get(id) ?? []);
  const words = new Set(named.map((proposal) => `${proposal.kind} ${proposal.digest}`));
  return content.proposals.filter((proposal) => {
    if (kind && proposal.kind !== kind) return false;
    if (ids.length === 0) return true;
    return ids.includes(proposal.id) || (same === true && words.has(`${proposal.kind} ${proposal.digest}`));
  });
}

/** Why an id is not among the proposals. */
function unknownProblem(
  id: string,
  { content, folder, seeds }: Pick<Opened, 'folder' | 'seeds'> & { content: Proposals },
): string {
  const expected = `expected ids that "seeds proposals ${folder}" prints`;
  if (content.rejected.includes(id)) return `${id}: already rejected; ${expected}.`;
  if (content.accepted.includes(id)) return `${id}: already accepted; ${expected}.`;
  const [, start, end] = /^[A-Z](\d+)-(\d+)/.exec(id) ?? [];
  const file = end === undefined ? null : seeds.fileWithPassage(folder, [Number(start), Number(end)]);
  return file === null
    ? `${id}: not proposed for ${folder}; ${expected}.`
    : `${id}: already accepted, ${file} has a record at this position; ${expected}.`;
}

export function acceptProposals(
  workplace: Workplace,
  id: string,
  ids: readonly string[],
  selection: SelectOptions,
  { as, create, by = null }: { as: readonly string[]; create: string | null; by?: string | null },
): Outcome {
  const { seeds, folder, text, content } = opened(workplace, id);
  const selected = select({ content, folder, seeds }, ids, selection);
  const { accepted, undecided, files } = accept(seeds, workplace.seedsDir, folder, text, selected, {
    as,
    create,
    acceptedBy: () => by ?? gitUserName(workplace.seedsDir),
    acceptedOn: new Date().toISOString().slice(0, 10),
  });
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
    ...(accepted.some(({ kind }) => kind === 'statement' || kind === 'figure' || kind === 'link')
      ? [`Replace each ${FILL_IN} by words of your own: until then, "seeds check" rejects the records.`]
      : []),
    ...explanations(undecided),
  ];
  // A selection by kind takes what needs no decision; what was named must be accepted.
  return undecided.length > 0 && (ids.length > 0 || accepted.length === 0) ? failure(lines) : success(lines);
}

/** The name that git uses for commits in a folder; null if there is none. */
export function gitUserName(dir: string): string | null {
  const { status, stdout } = spawnSync('git', ['config', 'user.name'], { cwd: dir, encoding: 'utf8', timeout: 5000 });
  const name = status === 0 ? stdout.trim() : '';
  return name === '' ? null : name.slice(0, MAX_NAME);
}
const MAX_NAME = 200;

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
  const { folder, content, seeds } = opened(workplace, id);
  const selected = new Set(select({ content, folder, seeds }, ids, selection).map((proposal) => proposal.id));
  writeProposals(workplace.seedsDir, {
    ...content,
    proposals: content.proposals.filter((proposal) => !selected.has(proposal.id)),
    rejected: [...content.rejected, ...selected],
  });
  return success([`${selected.size} rejected; they will not be proposed again.`]);
}

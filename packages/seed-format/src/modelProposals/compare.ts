import { failure, type Outcome, success } from '../commands/outcome.js';
import { openDocument, type Workplace } from '../proposals/openDocument.js';
import { type Proposal, type ProposedParty, readProposals } from '../proposals/proposalFile.js';
import { listOf, passageOf, textOf } from '../proposals/seedRecords.js';
import { droppedCounts } from './dropped.js';
import { changedFields, provenanceOf } from './provenance.js';
import { matchesOf, partsOfProposal, type Recorded, recordedIn, sharedPart } from './recorded.js';
import { type Run, readRun } from './runFile.js';

/** How well the proposals of a kind agree with the records. */
interface Score {
  kind: string;
  proposed: number;
  recorded: number;
  /** Proposals that a record agrees with; each record counts once. */
  matching: number;
}

/** Prints precision and recall of a model's proposals for a document, compared with its records, by kind. */
export function compare(workplace: Workplace, id: string): Outcome {
  const { seeds, folder, document } = openDocument(workplace, id);
  const run = readRun(workplace.seedsDir, folder);
  if (!run)
    return failure([`No model has proposed anything for ${folder}; run "seeds propose ${folder} --model" first.`]);
  if (run.sha256 !== textOf(document['sha256']))
    return failure([`The proposals for ${folder} are for another text; run "seeds propose ${folder} --model" again.`]);
  const done = new Set(run.paragraphs.map(({ number }) => number));
  const places = listOf(document['paragraphs']).flatMap((record) => {
    const passage = passageOf(record);
    return passage && done.has(Number(record['number'])) ? [passage.at] : [];
  });
  const proposals = run.paragraphs.flatMap((paragraph) => paragraph.proposals);
  const scores = scoresOf(proposals, within(recordedIn(seeds, folder), places));
  const dropped = run.paragraphs.flatMap((paragraph) => paragraph.dropped);
  return success([
    `${run.model} at ${run.host}, prompt ${run.prompt}, compared with the records of ${done.size} paragraphs of ${folder}:`,
    ...tableOf(scores),
    ...(dropped.length > 0 ? [`Dropped, because it does not hold: ${droppedCounts(dropped)}.`] : []),
    `Tokens: ${sum(run.paragraphs.map(({ input }) => input))} of input, ${sum(run.paragraphs.map(({ output }) => output))} of output.`,
    ...decisionsOf(workplace, run, proposals),
    ...changesOf(provenanceOf(seeds, folder).map((entry) => changedFields(seeds, folder, entry))),
  ]);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The records with a passage in one of the paragraphs. */
function within(recorded: Recorded, places: readonly (readonly [number, number])[]): Recorded {
  const isThere = ({ parts }: { parts: readonly (readonly [number, number])[] }) =>
    parts.some((part) => places.some((place) => place[0] <= part[0] && part[1] <= place[1]));
  return {
    statements: recorded.statements.filter(isThere),
    quotations: recorded.quotations.filter(isThere),
    figures: recorded.figures.filter(isThere),
    links: recorded.links.filter(isThere),
  };
}

type Statement = Extract<Proposal, { kind: 'statement' }>;

export function scoresOf(proposals: readonly Proposal[], recorded: Recorded): Score[] {
  const ofKind = (kind: Proposal['kind']) => proposals.filter((proposal) => proposal.kind === kind);
  const statements = ofKind('statement') as Statement[];
  const pairs = pair(statements, recorded);
  const score = (kind: 'quotation' | 'figure' | 'link', records: readonly { id: string }[]): Score => ({
    kind: `${kind}s`,
    proposed: ofKind(kind).length,
    recorded: records.length,
    matching: pair(ofKind(kind), recorded).size,
  });
  const recordOf = (proposal: Statement) => recorded.statements.find(({ id }) => id === pairs.get(proposal));
  const agree = (isEqual: (proposal: Statement, record: Recorded['statements'][number]) => boolean) => {
    return statements.filter((proposal) => {
      const record = recordOf(proposal);
      return record !== undefined && isEqual(proposal, record);
    }).length;
  };
  return [
    { kind: 'statements', proposed: statements.length, recorded: recorded.statements.length, matching: pairs.size },
    {
      kind: 'attributions',
      proposed: statements.length,
      recorded: recorded.statements.length,
      matching: agree(
        (proposal, record) =>
          proposal.status === record.status && sameIds(idsOf(proposal.speakers).sort(), [...record.speakers].sort()),
      ),
    },
    {
      kind: 'relay chains',
      proposed: statements.filter(({ relayChain }) => relayChain.length > 0).length,
      recorded: recorded.statements.filter(({ relayChain }) => relayChain.length > 0).length,
      matching: agree(
        (proposal, record) => proposal.relayChain.length > 0 && sameIds(idsOf(proposal.relayChain), record.relayChain),
      ),
    },
    score('quotation', recorded.quotations),
    score('figure', recorded.figures),
    score('link', recorded.links),
  ];
}

const idsOf = (parties: readonly ProposedParty[]): string[] =>
  parties.map((party) => ('of' in party ? party.of : `[${party.at.join()}]`));
const sameIds = (a: readonly string[], b: readonly string[]): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Each proposal with the record that it agrees with best; no record is taken twice. */
function pair<P extends Proposal>(proposals: readonly P[], recorded: Recorded): Map<P, string> {
  const { statements, quotations, figures, links } = recorded;
  const parts = new Map(
    [...statements, ...quotations, ...figures, ...links].map((record) => [record.id, record.parts] as const),
  );
  const candidates = proposals
    .flatMap((proposal) =>
      matchesOf(proposal, recorded).map((id) => ({
        proposal,
        id,
        shared: sharedPart(partsOfProposal(proposal), parts.get(id) ?? []),
      })),
    )
    .sort((a, b) => b.shared - a.shared);
  const pairs = new Map<P, string>();
  const taken = new Set<string>();
  for (const { proposal, id } of candidates) {
    if (pairs.has(proposal) || taken.has(id)) continue;
    pairs.set(proposal, id);
    taken.add(id);
  }
  return pairs;
}

const HEAD = ['', 'proposed', 'recorded', 'matching', 'precision', 'recall'];

function tableOf(scores: readonly Score[]): string[] {
  const share = (part: number, whole: number) => (whole === 0 ? '-' : (part / whole).toFixed(2));
  const rows = [
    HEAD,
    ...scores.map(({ kind, proposed, recorded, matching }) => [
      kind,
      ...[proposed, recorded, matching].map(String),
      share(matching, proposed),
      share(matching, recorded),
    ]),
  ];
  return rows.map(([first = '', ...others]) =>
    [first.padEnd(12), ...others.map((cell, index) => cell.padStart((HEAD[index + 1] ?? '').length))].join('  '),
  );
}

function decisionsOf({ seedsDir }: Workplace, run: Run, proposals: readonly Proposal[]): string[] {
  const content = readProposals(seedsDir, run.document);
  if (!content || content.sha256 !== run.sha256) return [];
  const count = (ids: readonly string[]) => proposals.filter(({ id }) => ids.includes(id)).length;
  const [accepted, rejected] = [count(content.accepted), count(content.rejected)];
  return accepted + rejected > 0 ? [`Decided by a person: ${accepted} accepted, ${rejected} rejected.`] : [];
}

/** How often the fields of accepted records were changed. */
function changesOf(changes: readonly (string[] | null)[]): string[] {
  if (changes.length === 0) return [];
  const left = changes.filter((fields) => fields !== null);
  const counts = new Map<string, number>();
  for (const field of left.flat()) counts.set(field, (counts.get(field) ?? 0) + 1);
  const changed = [...counts].sort((a, b) => b[1] - a[1]).map(([field, count]) => `${count} ${field}`);
  return [
    `Records with provenance: ${changes.length}, of them ${left.filter(({ length }) => length === 0).length} as proposed, ${changes.length - left.length} gone.`,
    ...(changed.length > 0 ? [`Changed since the proposal: ${changed.join(', ')}.`] : []),
  ];
}

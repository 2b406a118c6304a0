import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { replaceFile, UnwritableError } from '../files.js';
import { enums } from '../records.js';

const at = z.tuple([z.number().int().nonnegative(), z.number().int().positive()]);
const passage = z.strictObject({ at, digest: z.string().regex(/^[0-9a-f]{16}$/, 'expected 16 hex digits') });
/** `<letter><start>-<end>`, with a digest of the target for links: the same words have the same id each time that proposals are made. */
const common = {
  id: z.string().regex(/^[A-Z]\d+-\d+(?:-[0-9a-f]{4})?$/, 'expected an id such as M490-506'),
  ...passage.shape,
};
/** The model and the version of the prompt that a proposal comes from. */
const ModelSource = z.strictObject({ model: z.string(), prompt: z.string() });
/** An actor; one that is not known is kept as the passage that names it. */
const party = z.union([z.strictObject({ of: z.string() }), passage]);

/** What a document may contain, found by rules or a model, or marked by a person. It becomes a record only when somebody accepts it. */
export const ProposalRecord = z.discriminatedUnion('kind', [
  /** Names a known actor or place; `candidates` instead of `of` if the name is given to several. */
  z.strictObject({
    ...common,
    kind: z.literal('mention'),
    of: z.string().optional(),
    candidates: z.array(z.string()).optional(),
    form: enums.MentionForm,
  }),
  /** Capitalised words that are not a known name. */
  z.strictObject({ ...common, kind: z.literal('name') }),
  /** `anchor` is the date from which a relative one was computed. */
  z.strictObject({
    ...common,
    kind: z.literal('date'),
    edtf: z.string(),
    basis: enums.DateBasis,
    anchor: z.string().optional(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('number'),
    value: z.string(),
    unit: z.string().optional(),
    qualifier: enums.Qualifier,
  }),
  /** `at` is the words without their marks, from the first paragraph to the last; `passages` are the parts of one that has several. */
  z.strictObject({
    ...common,
    kind: z.literal('quotation'),
    form: enums.QuotationKind,
    level: z.number().int().positive(),
    marked: passage.optional(),
    passages: z.array(passage).optional(),
    /** Only from a model. */
    speaker: party.optional(),
    by: ModelSource.optional(),
  }),
  z.strictObject({ ...common, kind: z.literal('hedge'), hedge: enums.HedgeKind }),
  /** As with quotations, `passages` are the parts of a statement that has several. Its summary is written by the person who accepts it. */
  z.strictObject({
    ...common,
    kind: z.literal('statement'),
    by: ModelSource,
    type: enums.StatementKind,
    modality: enums.Modality,
    status: enums.AttributionStatus,
    speakers: z.array(party),
    imputedTo: party.optional(),
    imputedBy: party.optional(),
    relayChain: z.array(party),
    saidOn: z.strictObject({ edtf: z.string(), basis: enums.DateBasis }).optional(),
    passages: z.array(passage).optional(),
  }),
  /** `at` is the quantity as printed, `within` the words that state the figure. */
  z.strictObject({
    ...common,
    kind: z.literal('figure'),
    by: ModelSource,
    within: passage,
    measure: enums.TradeMeasure,
    flow: enums.TradeFlow,
    reporter: party.optional(),
    partner: party.optional(),
    period: z.strictObject({ edtf: z.string(), basis: enums.DateBasis }).optional(),
    value: z.string().optional(),
    unit: z.string().optional(),
    qualifier: enums.Qualifier,
    publishedBy: party.optional(),
  }),
  /** A claim that may bear on a provision, or on a whole regime. */
  z.strictObject({
    ...common,
    kind: z.literal('link'),
    by: ModelSource,
    provision: z.string().optional(),
    regime: z.string().optional(),
    relation: enums.ProvisionRelation,
    confidence: enums.Confidence,
  }),
  /** Marked by a person in an annotation tool; `of` are the records that it was linked to. */
  z.strictObject({
    ...common,
    kind: z.literal('annotation'),
    of: z.array(z.string()).optional(),
    note: z.string().optional(),
  }),
]);

const ProposalsRecord = z.strictObject({
  document: z.string(),
  /** The text that the positions are in. */
  sha256: z.string(),
  proposals: z.array(ProposalRecord).default([]),
  /** Ids that are not proposed again: rejected, or accepted into a record that does not keep their position. */
  rejected: z.array(z.string()).default([]),
  accepted: z.array(z.string()).default([]),
});

export type Proposal = z.infer<typeof ProposalRecord>;
export type ProposalKind = Proposal['kind'];
export type Proposals = z.infer<typeof ProposalsRecord>;
export type ProposedParty = z.infer<typeof party>;

/** Kinds that rules find; a model may add the speaker of a quotation. */
export const RULE_KINDS: readonly ProposalKind[] = ['mention', 'name', 'date', 'number', 'quotation', 'hedge'];
export const PROPOSAL_KINDS: readonly ProposalKind[] = [...RULE_KINDS, 'annotation', 'statement', 'figure', 'link'];
export const LETTERS: Readonly<Record<ProposalKind, string>> = {
  mention: 'M',
  name: 'U',
  date: 'D',
  number: 'N',
  quotation: 'Q',
  hedge: 'H',
  annotation: 'A',
  statement: 'S',
  figure: 'F',
  link: 'L',
};

/** A file of proposals that cannot be used. The message is for the person who runs the command. */
export class ProposalsError extends Error {}

// A folder whose name begins with a dot is not read as seeds.
const FOLDER = '.proposals';
export const proposalsFileName = (document: string): string => `${FOLDER}/${document}.yaml`;

/** The proposals of a document; null if none have been made. Throws a ProposalsError if the file is not valid. */
export function readProposals(seedsDir: string, document: string): Proposals | null {
  const file = join(seedsDir, proposalsFileName(document));
  if (!existsSync(file)) return null;
  const parsed = parseDocument(readFileSync(file, 'utf8'), { logLevel: 'error' });
  const [error] = parsed.errors;
  if (error)
    throw new ProposalsError(
      `${proposalsFileName(document)}:${error.linePos?.[0].line ?? 1}: ${error.message.split('\n')[0]}; expected the file that "seeds propose" wrote.`,
    );
  const result = ProposalsRecord.safeParse(parsed.toJS());
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new ProposalsError(
    `${proposalsFileName(document)} ${issue?.path.join('.')}: ${issue?.message}; expected the file that "seeds propose" wrote.`,
  );
}

/** Writes the file with one proposal per line. */
export function writeProposals(seedsDir: string, content: Proposals): void {
  writeInFolder(seedsDir, proposalsFileName(content.document), formatProposals(content));
}

/** Creates the folder of proposals if it does not exist. Git ignores it, wherever the seeds are. */
export function createProposalsFolder(seedsDir: string): void {
  const folder = join(seedsDir, FOLDER);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  try {
    mkdirSync(folder);
    writeFileSync(join(folder, '.gitignore'), '*\n');
  } catch (error) {
    throw new UnwritableError(folder, (error as NodeJS.ErrnoException).code ?? 'unknown error');
  }
}

/** Writes a file into the folder of proposals. */
export function writeInFolder(seedsDir: string, name: string, source: string): void {
  createProposalsFolder(seedsDir);
  replaceFile(join(seedsDir, name), source);
}

/** Removes the proposals of a document, if there are any. */
export function removeProposals(seedsDir: string, document: string): void {
  rmSync(join(seedsDir, proposalsFileName(document)), { force: true });
}

/** Moves the proposals of a document to its new id, if there are any. */
export function renameProposals(seedsDir: string, from: string, to: string): void {
  const proposals = readProposals(seedsDir, from);
  if (!proposals) return;
  writeProposals(seedsDir, { ...proposals, document: to });
  removeProposals(seedsDir, from);
}

export const formatProposals = ({ document, sha256, proposals, rejected, accepted }: Proposals): string =>
  [
    '# Found by rules or a model, or imported, as positions only. Nothing here is checked or served.',
    `# "seeds proposals ${document}" prints the words; "seeds accept" makes records of them, and "seeds reject" removes them for good.`,
    `document: ${document}`,
    `sha256: "${sha256}"`,
    proposals.length > 0 ? 'proposals:' : 'proposals: []',
    ...proposals.map((proposal) => `  - ${inline(proposal)}`),
    ...(rejected.length > 0 ? [`rejected: [${rejected.join(', ')}]`] : []),
    ...(accepted.length > 0 ? [`accepted: [${accepted.join(', ')}]`] : []),
    '',
  ].join('\n');

// A digest may consist of digits only, so all are in quotes.
const PLAIN = /^(?![0-9a-f]{16}$)[A-Za-z][\w-]*$/;

/** A value as YAML on one line, as a person would write it. */
export function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => `${key}: ${inline(item)}`)
      .join(', ')} }`;
  if (typeof value !== 'string') return String(value);
  return PLAIN.test(value) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value) ? value : JSON.stringify(value);
}
